import type Database from 'better-sqlite3';
import {
  type Charging,
  compileCharging,
  type QueueCharge,
} from '../../../charging/compile-charging.ts';
import type { Machine } from '../../../site/machine.ts';
import { ZoneClock } from '../../../site/zone-clock.ts';
import type { ZoneTable } from '../../../site/zone-table.ts';
import { openForReading } from '../open-ledger.ts';
import type { ChargedRange, RangeTask } from './charged-range.ts';
import { selectionSql } from './job-selection.ts';
import { RangeUnderWay } from './range-under-way.ts';
import {
  AT,
  FIXED_COLUMNS,
  NamesById,
  NotReadYet,
  type RowValue,
  StoredJob,
} from './stored-job.ts';

/** Rows are fetched as arrays, and so many at once die young and cheaply. */
const IDS_AT_ONCE = 1000;

/** Reads jobs of a ledger and charges them by the rules of its machine; it writes nothing. */
export class RangeCharger {
  readonly #charging: Charging;
  readonly #factors: readonly number[];
  readonly #clock: ZoneClock;
  readonly #db: Database.Database;
  readonly #job: StoredJob;
  readonly #queueNames: NamesById;
  readonly #queues = new Map<RowValue, QueueCharge>();

  constructor(ledgerPath: string, machine: Machine, siteZone: ZoneTable) {
    this.#charging = compileCharging(machine.charging);
    this.#factors = this.#charging.qos.map(({ factor }) => factor);
    this.#clock = new ZoneClock(siteZone);
    this.#db = openForReading(ledgerPath);
    this.#job = new StoredJob(this.#db);
    this.#queueNames = new NamesById(this.#db, 'queues', 'queue_name');
  }

  charge(task: RangeTask): ChargedRange {
    for (;;) {
      try {
        return this.#chargeRange(task);
      } catch (cause) {
        if (!(cause instanceof NotReadYet)) throw cause;
        cause.read();
      }
    }
  }

  #chargeRange(task: RangeTask): ChargedRange {
    const { firstId, lastId, charges } = task;
    const range = new RangeUnderWay(task, this.#factors);
    const rows = this.#rowsOf(task);
    for (let id = firstId; id <= lastId; id += IDS_AT_ONCE) {
      for (const row of rows.all(id, Math.min(lastId, id + IDS_AT_ONCE - 1))) {
        const endDay = this.#clock.localDay(Number(row[AT.end]));
        if (charges === 'as stored') {
          range.addAsStored(row, endDay);
          continue;
        }
        this.#job.show(row, endDay);
        range.add(row, endDay, this.#queue(row[AT.queue]).of(this.#job));
      }
    }
    return range.charged();
  }

  #rowsOf({ selection }: RangeTask): Database.Statement<[number, number], RowValue[]> {
    const columns = [...FIXED_COLUMNS, ...this.#job.asked.map((name) => `j.${name}`)];
    return this.#db
      .prepare<[number, number], RowValue[]>(
        `SELECT ${columns.join(', ')}
         FROM jobs j NOT INDEXED CROSS JOIN job_charges c ON c.job_id = j.id
         WHERE j.id BETWEEN ? AND ? AND ${selectionSql(selection)}`,
      )
      .raw();
  }

  #queue(id: RowValue): QueueCharge {
    const known = this.#queues.get(id);
    if (known !== undefined) return known;
    const charge = this.#charging.forQueue(this.#queueNames.name(id));
    this.#queues.set(id, charge);
    return charge;
  }
}
