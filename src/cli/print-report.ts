import { alignedTable } from '../output/table.ts';
import type { ReportDefinition } from '../reports/definition.ts';
import { REPORTS } from '../reports/registry.ts';
import { windowText } from '../reports/window.ts';
import { nearestName } from '../site/nearest-name.ts';
import { askLedger } from './ask-ledger.ts';
import { printInFormat } from './print-in-format.ts';
import type { ReportOptions } from './report-command.ts';
import { reportWindow } from './report-window.ts';
import { UsageError } from './usage-error.ts';

export function listReports(): void {
  const rows = REPORTS.map(({ name, title, options }) => [
    name,
    title,
    options.map((option) => `--${option}`).join(' '),
  ]);
  const table = alignedTable(['Report', 'What it tells', 'Takes'], rows, ['left', 'left', 'left']);
  process.stdout.write(`${table}\n`);
}

/** @throws UsageError where there is no such report or window. */
export async function printReport(
  name: string,
  options: ReportOptions,
  ledger: string,
): Promise<void> {
  const definition = definitionOf(name);
  const report = askLedger(ledger, (db) => {
    const { from, to } = windowText(reportWindow(db, options));
    const { period, top = null } = options;
    return definition.answer(db, { from, to, period, top });
  });
  await printInFormat(report, options.format);
}

function definitionOf(name: string): ReportDefinition {
  const definition = REPORTS.find((report) => report.name === name);
  if (definition !== undefined) return definition;
  const names = REPORTS.map((report) => report.name);
  const nearest = nearestName(name, names);
  throw new UsageError(
    `${name}: there is no such report${nearest === undefined ? '' : `; did you mean ${nearest}?`} ` +
      'All are listed by: qledger report --list',
  );
}
