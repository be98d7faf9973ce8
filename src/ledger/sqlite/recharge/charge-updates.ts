import type Database from 'better-sqlite3';
import { formatLocalDay } from '../../../site/local-day.ts';
import { StaleSegments } from '../facts/stale-segments.ts';
import { CHARGE_VALUES, type ChargeValue, type RowChanges } from './changed-rows.ts';
import type { ChargedRange } from './charged-range.ts';

/**
 * Writes new charges in place. One statement goes over a stretch of ids that follow each other and asks for the
 * new values by functions, one for each column that differs: walking the rows once costs less than finding each
 * of them, and a value that is asked for less than one that is bound.
 */
export class ChargeUpdates {
  readonly #db: Database.Database;
  readonly #chargeVersion: number;
  readonly #updates = new Map<string, Database.Statement<[number, number, number]>>();
  readonly #updateQos: Database.Statement<[number, number]>;
  readonly #markStale: Database.Statement<[string]>;
  readonly #staleSegments: StaleSegments;
  #values: RowChanges['values'] = {};
  /** From the id of a row to its place among the values. */
  #shift = 0;

  constructor(db: Database.Database, chargeVersion: number) {
    this.#db = db;
    this.#chargeVersion = chargeVersion;
    for (const column of CHARGE_VALUES) {
      db.function(functionOf(column), (id: number) => this.#values[column]?.[id + this.#shift]);
    }
    this.#updateQos = db.prepare('UPDATE jobs SET qos_id = ? WHERE id = ?');
    this.#markStale = db.prepare('INSERT INTO stale_days (date) VALUES (?) ON CONFLICT DO NOTHING');
    this.#staleSegments = new StaleSegments(db);
  }

  /** Writes what differs in a range, with the days whose summary is stale by that, in one transaction. */
  write({ changes, days }: ChargedRange): void {
    if (changes.ids.length === 0 && changes.qosJobs.length === 0) return;
    this.#db
      .transaction(() => {
        this.#writeCharges(changes);
        for (const [i, id] of changes.qosJobs.entries()) this.#updateQos.run(changes.qosIds[i], id);
        // Where only the version of the rules is another, no fact is.
        if (Object.keys(changes.values).length > 0) this.#staleSegments.mark(changes.ids);
        this.#staleSegments.mark(changes.qosJobs);
        for (const day of days) this.#markStale.run(formatLocalDay(day));
      })
      .immediate();
  }

  #writeCharges({ ids, values }: RowChanges): void {
    const update = this.#updateOf(CHARGE_VALUES.filter((column) => values[column] !== undefined));
    this.#values = values;
    for (let first = 0, next = 0; first < ids.length; first = next) {
      next = first + 1;
      while (next < ids.length && ids[next] === ids[next - 1] + 1) next++;
      this.#shift = first - ids[first];
      update.run(this.#chargeVersion, ids[first], ids[next - 1]);
    }
    this.#values = {};
  }

  #updateOf(columns: readonly ChargeValue[]): Database.Statement<[number, number, number]> {
    const key = columns.join();
    const known = this.#updates.get(key);
    if (known !== undefined) return known;
    const sets = columns.map((column) => `${column} = ${functionOf(column)}(job_id), `);
    const update = this.#db.prepare<[number, number, number]>(
      `UPDATE job_charges SET ${sets.join('')}charge_version = ? WHERE job_id BETWEEN ? AND ?`,
    );
    this.#updates.set(key, update);
    return update;
  }
}

function functionOf(column: ChargeValue): string {
  return `new_${column}`;
}
