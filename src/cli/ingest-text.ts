import { relative } from 'node:path';
import { countText } from '../output/number-text.ts';
import { alignedTable } from '../output/table.ts';
import type { IngestOutcome } from './run-ingest.ts';
import { totalsText } from './totals-text.ts';

/** The result of an ingest for people: what was read, what the ledger holds now, what to type next. */
export function ingestText(outcome: IngestOutcome): string {
  const { machine, ledger, result, rejects, totals, notes } = outcome;
  const counts = result.totals;
  const read = [
    counts.jobs === 0 ? 'nothing new' : `${countText(counts.jobs)} new jobs`,
    `${countText(counts.duplicates)} known before`,
    `${countText(counts.rejects)} rejected`,
    `${countText(counts.skippedLines)} blank or other lines`,
  ].join(', ');
  const rate = countText(counts.lines / result.seconds);
  return [
    `${machine}: read ${countText(counts.lines)} lines in ${result.seconds.toFixed(2)} s (${rate} lines/s)`,
    `  ${read}; ${countText(result.days.length)} days summarised`,
    ...(rejects.length === 0 ? [] : ['', indented(rejectTable(rejects))]),
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

/** What an operator should look at even where all else is quiet; empty when all is well. */
export function warningsText({ result }: IngestOutcome): string {
  const warnings = [];
  for (const { path, unknownLabels } of result.files) {
    if (unknownLabels.length === 0) continue;
    warnings.push(`${path}: columns that the ledger keeps nothing of: ${unknownLabels.join(', ')}`);
  }
  const { undecidedTimes } = result.totals;
  if (undecidedTimes > 0) {
    warnings.push(
      `${countText(undecidedTimes)} jobs have a time in the repeated hour of autumn that their ` +
        'elapsed time does not decide; the earlier hour was taken',
    );
  }
  return warningLines(warnings);
}

/** The same for rejects, where no table tells of them. */
export function rejectWarningsText({ rejects }: IngestOutcome): string {
  return warningLines(
    rejects.map(
      ({ code, count, path, line, reason }) =>
        `${countText(count)} rejected as ${code}, first ${shortPath(path)}:${line}: ${reason}`,
    ),
  );
}

function warningLines(warnings: readonly string[]): string {
  return warnings.map((warning) => `qledger: warning: ${warning}\n`).join('');
}

function rejectTable(rejects: IngestOutcome['rejects']): string {
  return alignedTable(
    ['Rejects', 'Code', 'First example'],
    rejects.map(({ code, count, path, line, reason }) => [
      countText(count),
      code,
      `${shortPath(path)}:${line}: ${reason}`,
    ]),
    ['right', 'left', 'left'],
  );
}

/** As it would be typed here. */
function shortPath(path: string): string {
  const fromHere = relative('', path);
  return fromHere.startsWith('..') ? path : fromHere;
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
