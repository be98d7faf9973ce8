import { QHIST_COLUMN } from './qhist-csv.ts';
import type { SeededRandom } from './random/seeded-random.ts';

const UNREADABLE_TIMES = [
  '2025-02-31 08:15:00',
  'yesterday',
  '2025-06-12 8h15',
  '12/06/2025 08:15',
  '25:61:00',
];
const NOT_NUMBERS = ['many', '12x', '0x80', 'None'];
const EARLIER_YEAR = '2001';

/** The ways to break a line, in the order in which they are used in turn. */
const BREAKAGES: readonly ((fields: string[], random: SeededRandom) => string)[] = [
  truncated,
  withCommaInName,
  withUnreadableTime,
  withEndBeforeStart,
  withoutId,
  blank,
  withoutNumber,
];

/**
 * Spoils a good line in the nth way, so that no careful reader can take it for a job.
 * @param line a line of `qhistLine`.
 */
export function brokenLine(line: string, ordinal: number, random: SeededRandom): string {
  return BREAKAGES[ordinal % BREAKAGES.length](line.split(','), random);
}

/** As if the writer had been stopped: the cut lies inside a field well before the last. */
function truncated(fields: string[], random: SeededRandom): string {
  const kept = fields.slice(0, random.between(QHIST_COLUMN.end + 1, QHIST_COLUMN.start));
  return kept.join(',').slice(0, -random.between(1, 6));
}

function withCommaInName(fields: string[]): string {
  return replaced(fields, QHIST_COLUMN.name, `${fields[QHIST_COLUMN.name]},v2`);
}

function withUnreadableTime(fields: string[], random: SeededRandom): string {
  return replaced(fields, QHIST_COLUMN.start, random.pick(UNREADABLE_TIMES));
}

function withEndBeforeStart(fields: string[]): string {
  return replaced(fields, QHIST_COLUMN.end, EARLIER_YEAR + fields[QHIST_COLUMN.end].slice(4));
}

function withoutId(fields: string[]): string {
  return replaced(replaced(fields, QHIST_COLUMN.jobId, '').split(','), QHIST_COLUMN.shortId, '');
}

function blank(): string {
  return '';
}

function withoutNumber(fields: string[], random: SeededRandom): string {
  return replaced(fields, QHIST_COLUMN.numcpus, random.pick(NOT_NUMBERS));
}

function replaced(fields: readonly string[], column: number, text: string): string {
  return fields.with(column, text).join(',');
}
