import type Database from 'better-sqlite3';
import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import { combinedReport } from '../reports/combined-report.ts';
import type { ReportDefinition, ReportQuestion } from '../reports/definition.ts';
import type { Report } from '../reports/report.ts';
import { windowText } from '../reports/window.ts';
import { askLedger } from './ask-ledger.ts';
import { ALL_MACHINES } from './ledger-path.ts';
import type { ReportChoice } from './report-options.ts';
import { ledgerDays, spanOfDays, windowWithin } from './report-window.ts';
import { UsageError } from './usage-error.ts';

/**
 * What is asked of every ledger alike: one window for all, within the days of all.
 * @throws UsageError where there is no such window.
 */
export function questionOf(ledgers: readonly string[], choice: ReportChoice): ReportQuestion {
  const days = spanOfDays(ledgers.map((ledger) => askLedger(ledger, ledgerDays)));
  const { from, to } = windowText(windowWithin(days, choice));
  return { from, to, period: choice.period, top: choice.top ?? null };
}

/** The answer of one ledger, or those of several as one, each row with its machine. */
export function askReport(
  ledgers: readonly string[],
  definition: ReportDefinition,
  question: ReportQuestion,
  choice: ReportChoice,
): Report {
  const reports = ledgers.map((ledger) =>
    askLedger(ledger, (db) => definition.answer(db, question)),
  );
  const report =
    reports.length === 1 && choice.machine !== ALL_MACHINES
      ? reports[0]
      : combinedReport(reports, choice.top !== undefined && definition.options.includes('top'));
  return definition.options.includes('period') ? { ...report, period: question.period } : report;
}

/** @throws UsageError where two ledgers are of one machine: its jobs would count twice. */
export function refuseTwins(ledgers: readonly string[]): void {
  if (ledgers.length < 2) return;
  const ledgerOf = new Map<string, string>();
  for (const ledger of ledgers) {
    const machine = askLedger(ledger, machineOf);
    const other = ledgerOf.get(machine);
    if (other !== undefined) {
      throw new UsageError(
        `${other} and ${ledger} are both ledgers of ${machine}, and its jobs would count twice; name one of them`,
      );
    }
    ledgerOf.set(machine, ledger);
  }
}

export function machineOf(db: Database.Database): string {
  return ledgerMachine(db)?.machine ?? 'unknown';
}
