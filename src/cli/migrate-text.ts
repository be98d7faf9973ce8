import type { MigrateResult } from '../../pipelines/migrate.ts';
import { indented } from '../output/indented.ts';
import { countText, hoursText, sizeText } from '../output/number-text.ts';
import { alignedTable } from '../output/table.ts';

interface MigrationPlace {
  readonly machine: string;
  readonly old: string;
  readonly ledger: string;
}

/** A migration for people: what became of the rows, whether all is as it was, what is smaller and faster now. */
export function migrateText(result: MigrateResult, place: MigrationPlace): string {
  const { counts, days, seconds, outcome, generation } = result;
  const { machine, old, ledger } = place;
  const rate = countText(counts.lines / seconds);
  return [
    `${machine}: ${countText(counts.lines)} jobs of ${old} (${generation}) in ${seconds.toFixed(2)} s (${rate} jobs/s)`,
    `  ${countText(counts.jobs)} jobs brought in, ${countText(counts.duplicates)} twice, ` +
      `${countText(counts.rejects)} rejected; ${countText(days.length)} days summarised`,
    '',
    indented(countsTable(result)),
    ...hoursLines(result),
    '',
    sizeLine(result),
    ...queryLines(result),
    '',
    outcome === 'refused'
      ? `No ledger was put into service. ${old} is as it was.`
      : `Ledger ${ledger}. ${old} is as it was; keep it until you have looked around.`,
    ...(outcome === 'refused'
      ? []
      : ['', 'Next:', `  npx qledger usage --by account --db ${ledger}`]),
    '',
    '',
  ].join('\n');
}

function countsTable({ tables }: MigrateResult): string {
  return alignedTable(
    ['Rows', 'Before', 'Now'],
    tables.map(({ what, before, after }) => [what, countOrDash(before), countOrDash(after)]),
    ['left', 'right', 'right'],
  );
}

function hoursLines({ hours }: MigrateResult): string[] {
  if (hours === null || hours.queues.length === 0) return [];
  const table = alignedTable(
    ['Hours of queue', 'Jobs', 'Before', 'Now', 'Other jobs', 'Largest difference'],
    hours.queues.map((queue) => [
      queue.queue,
      countText(queue.jobs),
      hoursText(queue.oldHours),
      hoursText(queue.newHours),
      countText(queue.differing + queue.missing),
      queue.largestDifference.toFixed(4),
    ]),
    ['left', 'right', 'right', 'right', 'right', 'right'],
  );
  const examples = hours.examples.map(
    ({ jobId, queue, measure, oldHours, newHours }) =>
      `  ${jobId} in ${queue}: ${measure} ${oldHours.toFixed(3)} before, ${newHours.toFixed(3)} now`,
  );
  return ['', indented(table), ...(examples.length === 0 ? [] : ['', ...examples])];
}

function sizeLine({ oldBytes, ledgerBytes }: MigrateResult): string {
  const share = 100 * (1 - ledgerBytes / oldBytes);
  const change = `${Math.abs(share).toFixed(0)} % ${share < 0 ? 'larger' : 'smaller'}`;
  return `  Size: ${sizeText(oldBytes)} before, ${sizeText(ledgerBytes)} now, ${change}`;
}

function queryLines({ queries }: MigrateResult): string[] {
  if (queries.length === 0) return [];
  const table = alignedTable(
    ['Query', 'Days', 'Before (ms)', 'Now (ms)', 'Times as fast'],
    queries.map(({ query, days, oldSeconds, ledgerSeconds }) => [
      query,
      String(days),
      (1000 * oldSeconds).toFixed(1),
      (1000 * ledgerSeconds).toFixed(1),
      (oldSeconds / ledgerSeconds).toFixed(1),
    ]),
    ['left', 'right', 'right', 'right', 'right'],
  );
  return ['', indented(table)];
}

function countOrDash(count: number | null): string {
  return count === null ? '-' : countText(count);
}
