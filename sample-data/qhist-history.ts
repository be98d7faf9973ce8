import { zoneTable } from '../src/site/zone-table.ts';
import { brokenLine } from './broken-line.ts';
import { LocalTimeText } from './local-time-text.ts';
import { qhistHeader, qhistLine } from './qhist-csv.ts';
import { SeededRandom } from './random/seeded-random.ts';
import { syntheticJobs } from './synthetic-jobs.ts';
import type { MachineProfile } from './world/machine-profile.ts';

export interface QhistHistoryOptions {
  readonly machine: MachineProfile;
  readonly jobs: number;
  readonly broken: number;
  readonly seed: number;
  /** Days since 1970-01-01. */
  readonly firstDay: number;
  readonly jobsPerDay: number;
}

const PIECE_LENGTH = 256 * 1024;

/**
 * A whole all-fields export as pieces of text that end at a line end: the header, the lines of the jobs and,
 * evenly scattered among them, the broken lines. A broken line takes a job of its own, so that the jobs and
 * their ids stay whole.
 */
export function* qhistHistory(options: QhistHistoryOptions): Generator<string, void> {
  const { machine, jobs, broken, seed, firstDay, jobsPerDay } = options;
  const zone = zoneTable(machine.zone);
  const time = new LocalTimeText(zone);
  const breaking = new SeededRandom(`broken ${machine.name} ${seed}`);
  const source = syntheticJobs({ machine, zone, seed, firstDay, jobsPerDay });

  let piece = `${qhistHeader(machine.hasPriority)}\n`;
  let brokenSoFar = 0;
  const lines = jobs + broken;
  for (let written = 0; written < lines; written++) {
    const line = qhistLine(source.next().value, time, machine.hasPriority);
    if (written === brokenAt(brokenSoFar, broken, lines)) {
      piece += `${brokenLine(line, brokenSoFar, breaking)}\n`;
      brokenSoFar++;
    } else {
      piece += `${line}\n`;
    }
    if (piece.length >= PIECE_LENGTH) {
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}

/** The middle of the nth of equal parts of the history. */
function brokenAt(ordinal: number, broken: number, lines: number): number {
  return Math.floor(((ordinal + 0.5) * lines) / broken);
}
