import { CODED, type JobBatch, NUMBER, NUMBER_COLUMNS } from '../../../job/job-batch.ts';
import { FACT, JOB_FACTS, type JobFact } from '../../facts/job-facts.ts';
import type { BatchEncoding } from './encode-batch.ts';

/** The facts of some jobs, in the memory of a batch's numbers: that of job `i` at FACT_COLUMNS[fact] * capacity + i. */
export interface BatchFacts {
  readonly jobs: number;
  readonly numbers: Float64Array<ArrayBuffer>;
  readonly capacity: number;
}

/**
 * For each of JOB_FACTS its column among the numbers of a batch. Those that are no number of a batch take the
 * columns of numbers that are no facts.
 */
export const FACT_COLUMNS = factColumns();

/** The facts that are ids of texts. */
const ID_FACTS = [
  { fact: 'user_id', coded: CODED.user },
  { fact: 'account_id', coded: CODED.account },
  { fact: 'queue_id', coded: CODED.queue },
  { fact: 'status_id', coded: CODED.status },
] as const;

/** The numbers of a batch that are facts. */
const NUMBERS_KEPT = NUMBER_COLUMNS.filter(isFact).map((name) => NUMBER[name]);

/**
 * The facts of the jobs of a batch that go into the ledger. They take the memory of its numbers over, so the batch
 * has none afterwards.
 * @param places of these jobs in the batch, ascending.
 */
export function batchFacts(
  { batch, nameIds, qosIds, qosFactors }: BatchEncoding,
  places: Int32Array,
): BatchFacts {
  const { capacity, endDays, qosCodes } = batch;
  const numbers = new Float64Array(batch.numbers.buffer.transfer());
  const jobs = places.length;
  const columnOf = (fact: JobFact): Float64Array => {
    const from = FACT_COLUMNS[FACT[fact]] * capacity;
    return numbers.subarray(from, from + jobs);
  };
  // First of all, for the others take the columns that it is made of.
  fillDelays(columnOf('eligible_to_start'), numbers, capacity, places);
  if (jobs < batch.rows) {
    for (const column of NUMBERS_KEPT) moveUp(numbers, column * capacity, places);
  }
  for (const { fact, coded } of ID_FACTS) {
    fillIds(columnOf(fact), batch, coded, nameIds[coded], places);
  }
  const days = columnOf('end_day');
  const qos = columnOf('qos_id');
  const factors = columnOf('qos_factor');
  for (let i = 0; i < jobs; i++) {
    const place = places[i];
    const code = qosCodes[place];
    days[i] = endDays[place];
    qos[i] = qosIds[code];
    factors[i] = qosFactors[code];
  }
  return { jobs, numbers, capacity };
}

function fillDelays(
  into: Float64Array,
  numbers: Float64Array,
  capacity: number,
  places: Int32Array,
): void {
  const starts = NUMBER.start * capacity;
  const eligibles = NUMBER.eligible * capacity;
  for (let i = 0; i < places.length; i++) {
    into[i] = numbers[starts + places[i]] - numbers[eligibles + places[i]];
  }
}

/** Closes the gaps of jobs that do not go in. */
function moveUp(numbers: Float64Array, from: number, places: Int32Array): void {
  for (let i = 0; i < places.length; i++) numbers[from + i] = numbers[from + places[i]];
}

function fillIds(
  into: Float64Array,
  { codes, capacity }: JobBatch,
  coded: number,
  ids: Int32Array,
  places: Int32Array,
): void {
  const from = coded * capacity;
  for (let i = 0; i < places.length; i++) {
    const code = codes[from + places[i]];
    into[i] = code === -1 ? Number.NaN : ids[code];
  }
}

function factColumns(): Uint8Array {
  const free = NUMBER_COLUMNS.filter((name) => !isFact(name));
  return Uint8Array.from(JOB_FACTS, (fact) => {
    const own = NUMBER_COLUMNS.find((name) => name === fact) ?? free.pop();
    if (own === undefined) throw new Error(`there is no room for ${fact} in a batch`);
    return NUMBER[own];
  });
}

function isFact(name: string): boolean {
  return JOB_FACTS.some((fact) => fact === name);
}
