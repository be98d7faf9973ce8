import { indented } from '../output/indented.ts';
import { countText } from '../output/number-text.ts';
import { comparisonText } from './comparison-text.ts';
import type { RebuildOutcomeText } from './run-rebuild.ts';
import { totalsText } from './totals-text.ts';

/** The result of a rebuild for people: what was read, how it compares, what is in service now. */
export function rebuildText({ machine, ledger, result }: RebuildOutcomeText): string {
  const { totals: counts, seconds, files, comparison, checks } = result;
  const read = [
    `${countText(counts.jobs)} jobs`,
    `${countText(counts.duplicates)} more than once`,
    `${countText(counts.rejects)} rejected`,
    `${countText(counts.skippedLines)} blank or other lines`,
  ].join(', ');
  return [
    `${machine}: read ${countText(counts.lines)} lines of ${countText(files.length)} files in ${seconds.toFixed(2)} s`,
    `  ${read}`,
    `  the new ledger has passed ${countText(checks.length)} checks`,
    ...(comparison === null ? [] : ['', indented(comparisonText(comparison))]),
    ...result.oldNotes.map((note) => `\n  Note on the old ledger: ${note}`),
    '',
    ...inServiceLines(ledger, result),
    '',
  ].join('\n');
}

function inServiceLines(ledger: string, result: RebuildOutcomeText['result']): string[] {
  switch (result.outcome) {
    case 'refused':
      return [`Refused: ${ledger} is as it was.`];
    case 'compared':
      return [`Dry run: ${ledger} is as it was.`];
    case 'in service':
      return [
        `Ledger ${ledger}, rebuilt`,
        indented(totalsText(result.ledgerTotals)),
        ...result.notes.map((note) => `\n  Note: ${note}`),
        ...(result.backup === null ? [] : ['', `The old one is ${result.backup}`]),
        ...result.removedBackups.map((path) => `Removed the older backup ${path}`),
      ];
  }
}
