import { availableParallelism } from 'node:os';
import type Database from 'better-sqlite3';
import { SEGMENT_IDS } from '../src/ledger/facts/job-facts.ts';
import { JobOwners } from '../src/ledger/sqlite/bulk/job-owners.ts';
import { SummaryCells } from '../src/ledger/sqlite/bulk/summary-cells.ts';
import type { FreezableFile } from '../src/ledger/sqlite/pages/freezable-file.ts';
import { CHARGE_VALUES, type ChargeValue } from '../src/ledger/sqlite/recharge/changed-rows.ts';
import type { ChargedRange, RangeTask } from '../src/ledger/sqlite/recharge/charged-range.ts';
import {
  type IdSpan,
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
  /** The values of charges that are others for some job. */
  readonly differing: ReadonlySet<ChargeValue>;
  /** Whether it has seen all jobs of a day, and not only those of some queues or accounts. */
  readonly sawWholeDays: boolean;
}

/** Some tenths of a second even on a slow disk; the first range and the last one keep a core busy alone. */
const IDS_AT_ONCE = 4 * SEGMENT_IDS;
/** What is charged while the file stays as it is, and the log grows: by some 40 MB a million. */
const RANGES_PER_FREEZE = 32;

/**
 * Lets the workers charge the jobs of a range, and takes what they make of it one by one in the order of ids.
 * @param file of the ledger where `db` is its one writer; they read it without SQLite, if that can be.
 * @param take what is done with each part before the next.
 * @throws Interruption between two of them.
 */
export async function chargeRanges(
  db: Database.Database,
  file: FreezableFile | undefined,
  request: RangesRequest,
  how: Pick<RangeTask, 'charges' | 'chargeVersion' | 'qosIds'>,
  take: (range: ChargedRange) => void,
  onProgress: (progress: RechargeProgress) => void,
): Promise<RangesOutcome> {
  const { ledgerPath, machine, range = {}, signal, idsAtOnce = IDS_AT_ONCE } = request;
  const siteZone = zoneTable(machine.timeZone);
  const selection = selectJobs(db, range, new ZoneClock(siteZone));
  const span = widened(idSpan(db, selection), Math.min(idsAtOnce, SEGMENT_IDS));
  const settings = { machine, siteZone, sourceZone: siteZone };
  // Who writes keeps a core busy with that.
  const threads = Math.max(1, availableParallelism() - (file === undefined ? 0 : 1));
  const options = { threads, ...request.workers, firstWork: 'recharge-range' } as const;
  const workers = new WorkerPool(settings, options);
  await using _workers = { [Symbol.asyncDispose]: () => workers.close() };
  const merged = new MergedRanges(selection);
  const idsPerFreeze = idsAtOnce * RANGES_PER_FREEZE;
  for (const stretch of parts(span, idsPerFreeze)) {
    using frozen = file?.freeze(db);
    const taking = new BoundedWork({ concurrency: 1, mostWaiting: workers.inFlight - 1 });
    await using _taking = { [Symbol.asyncDispose]: () => taking.abandon() };
    for (const ids of parts(stretch, idsAtOnce)) {
      const charging = workers.rechargeRange({
        ...{ ...how, ...ids, ledgerPath, selection },
        ...(frozen === undefined ? {} : { frozenFile: frozen.fd }),
      });
      // Heard when its turn has come; until then a failure must not count as unhandled.
      charging.catch(() => {});
      await taking.add(async () => {
        const charged = await charging;
        Interruption.throwIfAborted(signal);
        take(charged);
        merged.add(charged);
        const share = (ids.lastId - span.firstId + 1) / (span.lastId - span.firstId + 1);
        onProgress({ share, doneJobs: merged.jobs, changedJobs: merged.changed });
      });
    }
    await taking.settled();
  }
  return merged;
}

/** So that segments of facts are seen whole. */
function widened({ firstId, lastId }: IdSpan, ids: number): IdSpan {
  if (firstId > lastId) return { firstId, lastId };
  return {
    firstId: Math.floor(firstId / ids) * ids,
    lastId: Math.floor(lastId / ids) * ids + ids - 1,
  };
}

/** Cuts a span at the multiples of a number of ids. */
function* parts({ firstId, lastId }: IdSpan, ids: number): Generator<IdSpan> {
  for (let id = firstId; id <= lastId; ) {
    const next = (Math.floor(id / ids) + 1) * ids;
    yield { firstId: id, lastId: Math.min(lastId, next - 1) };
    id = next;
  }
}

class MergedRanges implements RangesOutcome {
  jobs = 0;
  changed = 0;
  readonly cells = new SummaryCells();
  readonly sums = new OwnerSums();
  readonly differing = new Set<ChargeValue>();
  readonly sawWholeDays: boolean;
  readonly #owners = new JobOwners();

  constructor({ queueIds, accountIds }: JobSelection) {
    this.sawWholeDays = queueIds === undefined && accountIds === undefined;
  }

  get ownerIds(): Int32Array {
    return this.#owners.ids();
  }

  add({ jobs, changed, changes, ownerIds, sums, cells }: ChargedRange): void {
    const ownerOf = this.#owners.codes(ownerIds);
    this.jobs += jobs;
    this.changed += changed;
    for (const value of CHARGE_VALUES) {
      if (changes.values[value] !== undefined) this.differing.add(value);
    }
    if (changes.factors.length > 0) this.differing.add('qos_factor');
    this.sums.merge(sums, ownerOf);
    this.cells.merge(cells, ownerOf);
  }
}
