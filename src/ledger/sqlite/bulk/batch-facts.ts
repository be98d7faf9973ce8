import { CODED, type JobBatch, NUMBER, NUMBER_COLUMNS } from '../../../job/job-batch.ts';
import { FACT, JOB_FACTS } from '../../facts/job-facts.ts';
import type { BatchEncoding } from './encode-batch.ts';

/** The facts of some jobs: that of job `i` at fact * capacity + i. */
export interface BatchFacts {
  readonly jobs: number;
  readonly numbers: Float64Array<ArrayBuffer>;
  readonly capacity: number;
}

/** The facts that are ids of texts. */
const ID_FACTS = [
  { fact: 'user_id', coded: CODED.user },
  { fact: 'account_id', coded: CODED.account },
  { fact: 'queue_id', coded: CODED.queue },
  { fact: 'status_id', coded: CODED.status },
] as const;

/** The facts that are numbers of a batch. */
const NUMBER_FACTS = NUMBER_COLUMNS.flatMap((name) =>
  JOB_FACTS.flatMap((known, fact) => (known === name ? [{ fact, column: NUMBER[name] }] : [])),
);

/**
 * The facts of the jobs of a batch that go into the ledger, in memory of their own.
 * @param places of these jobs in the batch, ascending.
 */
export function batchFacts(
  { batch, nameIds, qosIds, qosFactors }: BatchEncoding,
  places: Int32Array,
): BatchFacts {
  const { capacity, endDays, qosCodes, numbers } = batch;
  const jobs = places.length;
  const facts = new Float64Array(JOB_FACTS.length * jobs);
  for (const { fact, column } of NUMBER_FACTS) {
    copyPlaces(facts, fact * jobs, numbers, column * capacity, places, batch.rows);
  }
  for (const { fact, coded } of ID_FACTS) {
    fillIds(facts, FACT[fact] * jobs, batch, coded, nameIds[coded], places);
  }
  const days = FACT.end_day * jobs;
  const qos = FACT.qos_id * jobs;
  const factors = FACT.qos_factor * jobs;
  const delays = FACT.eligible_to_start * jobs;
  const starts = NUMBER.start * capacity;
  const eligibles = NUMBER.eligible * capacity;
  for (let i = 0; i < jobs; i++) {
    const place = places[i];
    const code = qosCodes[place];
    facts[days + i] = endDays[place];
    facts[qos + i] = qosIds[code];
    facts[factors + i] = qosFactors[code];
    facts[delays + i] = numbers[starts + place] - numbers[eligibles + place];
  }
  return { jobs, numbers: facts, capacity: jobs };
}

function copyPlaces(
  into: Float64Array,
  at: number,
  numbers: Float64Array,
  from: number,
  places: Int32Array,
  rows: number,
): void {
  if (places.length === rows) {
    into.set(numbers.subarray(from, from + rows), at);
    return;
  }
  for (let i = 0; i < places.length; i++) into[at + i] = numbers[from + places[i]];
}

function fillIds(
  into: Float64Array,
  at: number,
  { codes, capacity }: JobBatch,
  coded: number,
  ids: Int32Array,
  places: Int32Array,
): void {
  const from = coded * capacity;
  for (let i = 0; i < places.length; i++) {
    const code = codes[from + places[i]];
    into[at + i] = code === -1 ? Number.NaN : ids[code];
  }
}
