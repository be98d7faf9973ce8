import { CODED, type JobBatch, NUMBER, NUMBER_COLUMNS } from '../../../job/job-batch.ts';
import { FACT, JOB_FACTS, type JobFact } from '../../facts/job-facts.ts';
import type { BatchEncoding } from './encode-batch.ts';

/** The facts that are numbers of a batch, and which of them. */
const NUMBER_FACTS = JOB_FACTS.flatMap((fact) => {
  const column = NUMBER_COLUMNS.find((name) => name === fact);
  return column === undefined ? [] : [{ fact: FACT[fact], column: NUMBER[column] }];
});

/**
 * The facts of the jobs of a batch that go into the ledger.
 * @param places of these jobs in the batch, ascending.
 * @returns JOB_FACTS.length columns of as many numbers as there are jobs.
 */
export function batchFacts(
  { batch, nameIds, qosIds, qosFactors }: BatchEncoding,
  places: Int32Array,
): Float64Array<ArrayBuffer> {
  const { numbers, capacity } = batch;
  const jobs = places.length;
  const facts = new Float64Array(JOB_FACTS.length * jobs);
  const columnOf = (fact: JobFact): Float64Array =>
    facts.subarray(FACT[fact] * jobs, (FACT[fact] + 1) * jobs);
  const hasAll = jobs === batch.rows;
  for (const { fact, column } of NUMBER_FACTS) {
    const from = column * capacity;
    const at = fact * jobs;
    if (hasAll) facts.set(numbers.subarray(from, from + jobs), at);
    else for (let i = 0; i < jobs; i++) facts[at + i] = numbers[from + places[i]];
  }
  fillIds(columnOf('user_id'), batch, CODED.user, nameIds, places);
  fillIds(columnOf('account_id'), batch, CODED.account, nameIds, places);
  fillIds(columnOf('queue_id'), batch, CODED.queue, nameIds, places);
  fillIds(columnOf('status_id'), batch, CODED.status, nameIds, places);
  const [days, qos, factors] = [columnOf('end_day'), columnOf('qos_id'), columnOf('qos_factor')];
  for (let i = 0; i < jobs; i++) {
    days[i] = batch.endDays[places[i]];
    qos[i] = qosIds[batch.qosCodes[places[i]]];
    factors[i] = qosFactors[batch.qosCodes[places[i]]];
  }
  const delays = columnOf('eligible_to_start');
  const [starts, eligibles] = [NUMBER.start * capacity, NUMBER.eligible * capacity];
  for (let i = 0; i < jobs; i++) {
    delays[i] = numbers[starts + places[i]] - numbers[eligibles + places[i]];
  }
  return facts;
}

function fillIds(
  into: Float64Array,
  { codes, capacity }: JobBatch,
  coded: number,
  nameIds: BatchEncoding['nameIds'],
  places: Int32Array,
): void {
  const ids = nameIds[coded];
  const from = coded * capacity;
  for (let i = 0; i < places.length; i++) {
    const code = codes[from + places[i]];
    into[i] = code === -1 ? Number.NaN : ids[code];
  }
}
