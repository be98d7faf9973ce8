import type Database from 'better-sqlite3';
import {
  type Charging,
  compileCharging,
  type QueueCharge,
} from '../../../charging/compile-charging.ts';
import type { Machine } from '../../../site/machine.ts';
import { ZoneClock } from '../../../site/zone-clock.ts';
import type { ZoneTable } from '../../../site/zone-table.ts';
import { SEGMENT_IDS, segmentOf } from '../../facts/job-facts.ts';
import { openForReading } from '../open-ledger.ts';
import { TextCodes } from '../pages/text-codes.ts';
import type { ChargedRange, RangeTask } from './charged-range.ts';
import { type JobSelection, selectionTest } from './job-selection.ts';
import { NewCharges, NOT_SELECTED } from './new-charges.ts';
import { RangeReader } from './range-reader.ts';
import { JOB, type RangeRows } from './range-rows.ts';
import { RangeUnderWay } from './range-under-way.ts';
import { NamesById, NotReadYet, StoredJob } from './stored-job.ts';

/** Reads jobs of a ledger and charges them by the rules of its machine; it writes nothing. */
export class RangeCharger {
  readonly #charging: Charging;
  readonly #factors: readonly number[];
  readonly #clock: ZoneClock;
  readonly #db: Database.Database;
  readonly #reader: RangeReader;
  readonly #job: StoredJob;
  readonly #queueNames: NamesById;
  readonly #now = new NewCharges(SEGMENT_IDS);
  readonly #queues = new Map<number, QueueCharge>();

  constructor(ledgerPath: string, machine: Machine, siteZone: ZoneTable) {
    this.#charging = compileCharging(machine.charging);
    this.#factors = this.#charging.qos.map(({ factor }) => factor);
    this.#clock = new ZoneClock(siteZone);
    this.#db = openForReading(ledgerPath);
    const texts = new TextCodes();
    this.#reader = new RangeReader(this.#db, texts);
    this.#job = new StoredJob(this.#db, texts);
    this.#queueNames = new NamesById(this.#db, 'queues', 'queue_name');
  }

  /** Segment by segment of the facts: few enough to stay in the caches of a core. */
  charge(task: RangeTask): ChargedRange {
    const { firstId, lastId } = task;
    const range = new RangeUnderWay(task);
    for (let id = firstId; id <= lastId; ) {
      const next = (segmentOf(id) + 1) * SEGMENT_IDS;
      this.#chargeRows({ ...task, firstId: id, lastId: Math.min(lastId, next - 1) }, range);
      id = next;
    }
    return range.charged();
  }

  #chargeRows(task: RangeTask, range: RangeUnderWay): void {
    const now = this.#now;
    for (let row = 0; ; ) {
      const read = this.#reader.read(task, this.#job.asked);
      this.#findDays(read, task.selection);
      if (task.charges === 'as stored') {
        range.addRowsAsStored(read, now.endDays);
        return;
      }
      const queues = read.jobs.columns[JOB.queue];
      this.#job.showRowsOf(read.jobs);
      try {
        for (; row < read.rows; row++) {
          if (now.endDays[row] === NOT_SELECTED) continue;
          this.#job.show(row, now.endDays[row]);
          const charge = this.#queue(queues[row] | 0).of(this.#job);
          now.set(row, charge, this.#factors[charge.qosCode], task.qosIds[charge.qosCode]);
        }
        range.addRows(read, now, task);
        return;
      } catch (cause) {
        if (!(cause instanceof NotReadYet)) throw cause;
        // Goes on where it has stopped, when that has been read.
        cause.read();
      }
    }
  }

  #findDays({ rows, jobs }: RangeRows, selection: JobSelection): void {
    const isSelected = selectionTest(selection);
    const queues = jobs.columns[JOB.queue];
    const accounts = jobs.columns[JOB.account];
    const ends = jobs.columns[JOB.end];
    const { endDays } = this.#now;
    for (let row = 0; row < rows; row++) {
      const end = ends[row];
      endDays[row] = isSelected(end, queues[row], accounts[row])
        ? this.#clock.localDay(end)
        : NOT_SELECTED;
    }
  }

  #queue(id: number): QueueCharge {
    const known = this.#queues.get(id);
    if (known !== undefined) return known;
    const charge = this.#charging.forQueue(this.#queueNames.name(id));
    this.#queues.set(id, charge);
    return charge;
  }
}
