import type Database from 'better-sqlite3';
import { JobOwners } from '../src/ledger/sqlite/bulk/job-owners.ts';
import { SummaryCells } from '../src/ledger/sqlite/bulk/summary-cells.ts';
import type { ChargedRange, RangeTask } from '../src/ledger/sqlite/recharge/charged-range.ts';
import {
  idSpan,
  type JobRange,
  type JobSelection,
  selectJobs,
} from '../src/ledger/sqlite/recharge/job-selection.ts';
import { OwnerSums } from '../src/ledger/sqlite/recharge/owner-sums.ts';
import type { Machine } from '../src/site/machine.ts';
import { ZoneClock } from '../src/site/zone-clock.ts';
import { zoneTable } from '../src/site/zone-table.ts';
import { WorkerPool, type WorkerPoolOptions } from '../workers/worker-pool.ts';
import { BoundedWork } from './bounded-work.ts';
import { Interruption } from './interruption.ts';

export interface RangesRequest {
  readonly ledgerPath: string;
  readonly machine: Machine;
  /** Which jobs; all of them where nothing is given. */
  readonly range?: JobRange;
  /** Aborted with an Interruption where the run must end. */
  readonly signal?: AbortSignal | undefined;
  readonly workers?: WorkerPoolOptions;
  /** How many ids go to a worker, and into a transaction, at once. */
  readonly idsAtOnce?: number;
}

export interface RechargeProgress {
  /** Of the ids of the range, from 0 to 1. */
  readonly share: number;
  readonly doneJobs: number;
  readonly changedJobs: number;
}

/** What a pass over the jobs of a range has found. */
export interface RangesOutcome {
  readonly jobs: number;
  readonly changed: number;
  readonly cells: SummaryCells;
  readonly sums: OwnerSums;
  /** IDS_PER_OWNER for each owner's code in the sums and cells. */
  readonly ownerIds: Int32Array;
  /** Whether it has seen all jobs of a day, and not only those of some queues or accounts. */
  readonly sawWholeDays: boolean;
}

/** Batches of some tenths of a second even on a slow disk; the last one keeps a core busy alone. */
const IDS_AT_ONCE = 50_000;

/**
 * Lets the workers charge the jobs of a range, and takes what they make of it one by one in the order of ids.
 * @param take what is done with each part before the next.
 * @throws Interruption between two of them.
 */
export async function chargeRanges(
  db: Database.Database,
  request: RangesRequest,
  how: Pick<RangeTask, 'charges' | 'chargeVersion' | 'qosIds'>,
  take: (range: ChargedRange) => void,
  onProgress: (progress: RechargeProgress) => void,
): Promise<RangesOutcome> {
  const { ledgerPath, machine, range = {}, signal, idsAtOnce = IDS_AT_ONCE } = request;
  const siteZone = zoneTable(machine.timeZone);
  const selection = selectJobs(db, range, new ZoneClock(siteZone));
  const { firstId, lastId } = idSpan(db, selection);
  const settings = { machine, siteZone, sourceZone: siteZone };
  const workers = new WorkerPool(settings, { ...request.workers, firstWork: 'recharge-range' });
  await using _workers = { [Symbol.asyncDispose]: () => workers.close() };
  const taking = new BoundedWork({ concurrency: 1, mostWaiting: workers.inFlight - 1 });
  const merged = new MergedRanges(selection);
  try {
    for (let id = firstId; id <= lastId; id += idsAtOnce) {
      const until = Math.min(lastId, id + idsAtOnce - 1);
      const charging = workers.rechargeRange({
        ...how,
        ledgerPath,
        selection,
        firstId: id,
        lastId: until,
      });
      // Heard when its turn has come; until then a failure must not count as unhandled.
      charging.catch(() => {});
      await taking.add(async () => {
        const charged = await charging;
        Interruption.throwIfAborted(signal);
        take(charged);
        merged.add(charged);
        const share = (until - firstId + 1) / (lastId - firstId + 1);
        onProgress({ share, doneJobs: merged.jobs, changedJobs: merged.changed });
      });
    }
    await taking.settled();
    return merged;
  } finally {
    await taking.abandon();
  }
}

class MergedRanges implements RangesOutcome {
  jobs = 0;
  changed = 0;
  readonly cells = new SummaryCells();
  readonly sums = new OwnerSums();
  readonly sawWholeDays: boolean;
  readonly #owners = new JobOwners();

  constructor({ queueIds, accountIds }: JobSelection) {
    this.sawWholeDays = queueIds === undefined && accountIds === undefined;
  }

  get ownerIds(): Int32Array {
    return this.#owners.ids();
  }

  add({ jobs, changed, ownerIds, sums, cells }: ChargedRange): void {
    const ownerOf = this.#owners.codes(ownerIds);
    this.jobs += jobs;
    this.changed += changed;
    this.sums.merge(sums, ownerOf);
    this.cells.merge(cells, ownerOf);
  }
}
