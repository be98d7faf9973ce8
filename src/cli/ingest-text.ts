import { indented } from '../output/indented.ts';
import { countText } from '../output/number-text.ts';
import { rejectsTable } from './rejects-table.ts';
import type { IngestOutcome } from './run-ingest.ts';
import { totalsText } from './totals-text.ts';

/** The result of an ingest for people: what was read, what the ledger holds now, what to type next. */
export function ingestText(outcome: IngestOutcome): string {
  const { machine, ledger, result, rejects, totals, notes } = outcome;
  const counts = result.totals;
  const read = [
    counts.jobs === 0 ? 'nothing new' : `${countText(counts.jobs)} new jobs`,
    `${countText(counts.duplicates)} known before`,
    ...(counts.updated === 0 ? [] : [`${countText(counts.updated)} updated`]),
    `${countText(counts.rejects)} rejected`,
    `${countText(counts.skippedLines)} blank or other lines`,
  ].join(', ');
  const rate = countText(counts.lines / result.seconds);
  return [
    `${machine}: read ${countText(counts.lines)} lines in ${result.seconds.toFixed(2)} s (${rate} lines/s)`,
    `  ${read}; ${countText(result.days.length)} days summarised`,
    ...unchangedLine(result.unchanged.length),
    ...otherRecordsLine(counts.otherRecords),
    ...(rejects.length === 0 ? [] : ['', indented(rejectsTable(rejects))]),
    '',
    `Ledger ${ledger}`,
    indented(totalsText(totals)),
    ...notes.map((note) => `\n  Note: ${note}`),
    '',
    'Next:',
    `  npx qledger usage --by account --db ${ledger}`,
    `  npx qledger status --db ${ledger}`,
    '',
    '',
  ].join('\n');
}

function unchangedLine(files: number): string[] {
  if (files === 0) return [];
  const have = files === 1 ? 'file has' : 'files have';
  return [`  ${countText(files)} ${have} not changed since being read; --force reads again`];
}

function otherRecordsLine(records: Readonly<Record<string, number>>): string[] {
  const types = Object.entries(records).map(([type, count]) => `${countText(count)} ${type}`);
  return types.length === 0 ? [] : [`  other records: ${types.sort().join(', ')}`];
}
