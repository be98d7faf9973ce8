import { CODED, NUMBER, type NumberColumn } from '../../../job/job-batch.ts';
import { JOB_FACTS, type JobFact, jobsOfSegment, SEGMENT_IDS } from '../../facts/job-facts.ts';
import type { BatchMemory } from './batch-memory.ts';
import type { BatchEncoding } from './encode-batch.ts';
import type { EncodingKernel } from './encoding-kernel.ts';

/**
 * The facts of some jobs whose row ids follow each other. Those of each segment stand for themselves: a column for
 * each of JOB_FACTS, one behind the other.
 */
export interface BatchFacts {
  readonly jobs: number;
  readonly columns: Uint8Array<ArrayBuffer>;
}

/** The facts that are ids of texts. */
const CODED_FACTS = {
  user_id: CODED.user,
  account_id: CODED.account,
  queue_id: CODED.queue,
  status_id: CODED.status,
} as const;

const DOUBLE = Float64Array.BYTES_PER_ELEMENT;
/** What a column of a segment takes before it is made narrow. */
const COLUMN_BYTES = SEGMENT_IDS * DOUBLE;
const WORD = Int32Array.BYTES_PER_ELEMENT;

/**
 * The facts of the jobs of a batch that go into the ledger. They take the memory of the cells of the tables over.
 * @param count how many jobs go in.
 */
export function batchFacts(
  kernel: EncodingKernel,
  memory: BatchMemory,
  { batch, firstRowId }: Pick<BatchEncoding, 'batch' | 'firstRowId'>,
  count: number,
): BatchFacts {
  const room = memory.at.cells;
  const columns = room + COLUMN_BYTES;
  let end = columns;
  for (let done = 0; done < count; ) {
    const jobs = jobsOfSegment(firstRowId + done, count - done);
    const places = memory.at.places + done * WORD;
    for (const fact of JOB_FACTS) {
      // Where all jobs go in, numbers of the batch stand behind each other already.
      const inPlace = count === batch.rows && isNumber(fact);
      const numbers = inPlace ? memory.numbers(NUMBER[fact]) + done * DOUBLE : room;
      if (!inPlace) gather(kernel, memory, fact, places, jobs, room);
      end += kernel.exports.encodeFacts(numbers, jobs, end);
    }
    done += jobs;
  }
  return { jobs: count, columns: new Uint8Array(kernel.buffer, columns, end - columns).slice() };
}

function gather(
  { exports }: EncodingKernel,
  memory: BatchMemory,
  fact: JobFact,
  places: number,
  jobs: number,
  into: number,
): void {
  const { at } = memory;
  switch (fact) {
    case 'user_id':
    case 'account_id':
    case 'queue_id':
    case 'status_id': {
      const coded = CODED_FACTS[fact];
      exports.gatherIds(places, jobs, memory.codes(coded), memory.idsOfNames(coded), into);
      break;
    }
    case 'end_day':
      exports.gatherDays(places, jobs, at.endDays, into);
      break;
    case 'qos_id':
      exports.gatherOfQos(places, jobs, at.qosCodes, at.qosIds, into);
      break;
    case 'qos_factor':
      exports.gatherOfQos(places, jobs, at.qosCodes, at.qosFactors, into);
      break;
    case 'eligible_to_start': {
      const [start, eligible] = [memory.numbers(NUMBER.start), memory.numbers(NUMBER.eligible)];
      exports.gatherDifferences(places, jobs, start, eligible, into);
      break;
    }
    default:
      exports.gatherNumbers(places, jobs, memory.numbers(NUMBER[fact]), into);
  }
}

/** Whether it is a number of a batch. */
function isNumber(fact: JobFact): fact is JobFact & NumberColumn {
  return Object.hasOwn(NUMBER, fact);
}
