import { zoneTable } from '../src/site/zone-table.ts';
import { BrokenPlaces } from './broken-places.ts';
import type { HistoryOptions } from './history-options.ts';
import { SeededRandom } from './random/seeded-random.ts';
import type { SyntheticJob } from './synthetic-job.ts';
import { syntheticJobs } from './synthetic-jobs.ts';

/** How qhist writes an export: every job on its own, in the order in which the jobs ended. */
export interface ExportFormat {
  readonly head: string;
  readonly between: string;
  readonly tail: string;
  printJob(job: SyntheticJob): string;
  /** The record of that job, spoilt in the nth way. */
  printBroken(job: SyntheticJob, ordinal: number, random: SeededRandom): string;
}

const PIECE_LENGTH = 256 * 1024;

/**
 * A whole export as pieces of text: the jobs and, evenly scattered among them, the broken records. A broken
 * record takes a job of its own, so that the jobs and their ids stay whole.
 */
export function* exportHistory(
  options: HistoryOptions,
  format: ExportFormat,
): Generator<string, void> {
  const { machine, jobs, broken, seed, firstDay, jobsPerDay } = options;
  const zone = zoneTable(machine.zone);
  const breaking = new SeededRandom(`broken ${machine.name} ${seed}`);
  const places = new BrokenPlaces(options);
  const source = syntheticJobs({ machine, zone, seed, firstDay, jobsPerDay });

  let piece = format.head;
  const records = jobs + broken;
  for (let place = 0; place < records; place++) {
    const job = source.next().value;
    const ordinal = places.ordinalAt(place);
    if (place > 0) piece += format.between;
    piece +=
      ordinal === undefined ? format.printJob(job) : format.printBroken(job, ordinal, breaking);
    if (piece.length >= PIECE_LENGTH) {
      yield piece;
      piece = '';
    }
  }
  piece += format.tail;
  if (piece !== '') yield piece;
}
