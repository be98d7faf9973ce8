import type { SeededRandom } from './random/seeded-random.ts';

/** A field of a record with its text as the format prints it. */
export type RecordField = readonly [name: string, text: string];

/** A record of named fields, before it is written down. */
export interface NamedRecord {
  readonly id: string;
  readonly fields: readonly RecordField[];
}

/** What a format calls the fields that are spoilt, and how it prints what is put there instead. */
export interface Spoiling {
  readonly name: string;
  readonly start: string;
  readonly end: string;
  readonly number: string;
  readonly unreadableTimes: readonly string[];
  readonly notNumbers: readonly string[];
  /** A time years before the start. */
  readonly earlierTime: string;
  /** The name of the job with a comma in it. */
  readonly withComma: string;
  readonly notAnId: string;
  /** What is left of a text where the writer was stopped; all of it where the format would not survive. */
  cut(text: string): string;
}

type Breakage = (record: NamedRecord, random: SeededRandom, spoiling: Spoiling) => NamedRecord;

/** The counterparts of the ways to break a line of CSV, in the same order. */
const BREAKAGES: readonly Breakage[] = [
  truncated,
  withCommaInName,
  withUnreadableTime,
  withEndBeforeStart,
  withoutId,
  empty,
  withoutNumber,
];

/**
 * Spoils a good record in the nth way, so that no careful reader can take it for a job; a comma in the name
 * alone spoils nothing. A record without fields is an empty one.
 */
export function brokenRecord(
  record: NamedRecord,
  ordinal: number,
  random: SeededRandom,
  spoiling: Spoiling,
): NamedRecord {
  return BREAKAGES[ordinal % BREAKAGES.length](record, random, spoiling);
}

/** As if the writer had been stopped, before it came to the end of the job. */
function truncated(
  { id, fields }: NamedRecord,
  random: SeededRandom,
  { start, end, cut }: Spoiling,
): NamedRecord {
  const last = random.between(indexOf(fields, start), indexOf(fields, end) - 1);
  const [name, text] = fields[last];
  return { id, fields: [...fields.slice(0, last), [name, cut(text)]] };
}

/** Breaks a line of CSV alone, whose reader may well find out that it is a name: the job is the same then. */
function withCommaInName(
  record: NamedRecord,
  _: SeededRandom,
  { name, withComma }: Spoiling,
): NamedRecord {
  return replaced(record, name, withComma);
}

function withUnreadableTime(
  record: NamedRecord,
  random: SeededRandom,
  { start, unreadableTimes }: Spoiling,
): NamedRecord {
  return replaced(record, start, random.pick(unreadableTimes));
}

function withEndBeforeStart(
  record: NamedRecord,
  _: SeededRandom,
  { end, earlierTime }: Spoiling,
): NamedRecord {
  return replaced(record, end, earlierTime);
}

function withoutId({ fields }: NamedRecord, _: SeededRandom, { notAnId }: Spoiling): NamedRecord {
  return { id: notAnId, fields };
}

function empty({ id }: NamedRecord): NamedRecord {
  return { id, fields: [] };
}

function withoutNumber(
  record: NamedRecord,
  random: SeededRandom,
  { number, notNumbers }: Spoiling,
): NamedRecord {
  return replaced(record, number, random.pick(notNumbers));
}

function replaced({ id, fields }: NamedRecord, field: string, text: string): NamedRecord {
  return { id, fields: fields.with(indexOf(fields, field), [field, text]) };
}

function indexOf(fields: readonly RecordField[], field: string): number {
  const index = fields.findIndex(([name]) => name === field);
  if (index === -1) throw new RangeError(`A record needs the field ${field} to be broken.`);
  return index;
}
