import type Database from 'better-sqlite3';
import { formatLocalDay } from '../../../site/local-day.ts';
import { factRowId } from '../../facts/job-facts.ts';
import { StaleSegments } from '../facts/stale-segments.ts';
import { CHARGE_VALUES, type ChargeValue, type RowChanges } from './changed-rows.ts';
import type { ChangedSegment } from './changed-segment.ts';
import type { ChargedRange } from './charged-range.ts';

/**
 * Writes new charges in place. One statement goes over a stretch of ids that follow each other and asks for the
 * new values by functions, one for each column that differs: walking the rows once costs less than finding each
 * of them, and a value that is asked for less than one that is bound.
 */
export class ChargeUpdates {
  readonly #db: Database.Database;
  readonly #chargeVersion: number;
  readonly #updates = new Map<string, Database.Statement<number[]>>();
  readonly #updateQos: Database.Statement<[number, number]>;
  readonly #markStale: Database.Statement<[string]>;
  readonly #staleSegments: StaleSegments;
  readonly #updateFact: Database.Statement<[Uint8Array, number, number, number]>;
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
    this.#updateFact = db.prepare(
      `UPDATE job_facts SET numbers = ?
       WHERE id = ? AND (SELECT jobs FROM fact_segments WHERE id = ?) = ?`,
    );
  }

  /** Writes what differs in a range, with the days whose summary is stale by that, in one transaction. */
  write({ changes, segments, days }: ChargedRange): void {
    if (changes.ids.length === 0 && changes.qosJobs.length === 0) return;
    this.#db
      .transaction(() => {
        this.#writeCharges(changes);
        for (const [i, id] of changes.qosJobs.entries()) this.#updateQos.run(changes.qosIds[i], id);
        for (const segment of segments) this.#writeFacts(segment);
        for (const day of days) this.#markStale.run(formatLocalDay(day));
      })
      .immediate();
  }

  /** Where the facts stand for other jobs than were seen, they are marked, to be made anew. */
  #writeFacts({ segment, jobs, facts }: ChangedSegment): void {
    const isWritten =
      jobs > 0 &&
      facts.every(({ fact, column }) => {
        return this.#updateFact.run(column, factRowId(segment, fact), segment, jobs).changes === 1;
      });
    if (!isWritten) this.#staleSegments.markSegment(segment);
  }

  #writeCharges({ ids, values, factors }: RowChanges): void {
    const columns = CHARGE_VALUES.filter((column) => values[column] !== undefined);
    const update = this.#updateOf(columns, factors.length / 2);
    this.#values = values;
    for (let first = 0, next = 0; first < ids.length; first = next) {
      next = first + 1;
      while (next < ids.length && ids[next] === ids[next - 1] + 1) next++;
      this.#shift = first - ids[first];
      update.run(...factors, this.#chargeVersion, ids[first], ids[next - 1]);
    }
    this.#values = {};
  }

  #updateOf(columns: readonly ChargeValue[], factors: number): Database.Statement<number[]> {
    const key = [...columns, factors].join();
    const known = this.#updates.get(key);
    if (known !== undefined) return known;
    const sets = columns.map((column) => `${column} = ${functionOf(column)}(job_id)`);
    if (factors > 0) {
      const cases = 'WHEN ? THEN ? '.repeat(factors);
      sets.push(`qos_factor = CASE qos_factor ${cases}ELSE qos_factor END`);
    }
    sets.push('charge_version = ?');
    const update = this.#db.prepare<number[]>(
      `UPDATE job_charges SET ${sets.join()} WHERE job_id BETWEEN ? AND ?`,
    );
    this.#updates.set(key, update);
    return update;
  }
}

function functionOf(column: ChargeValue): string {
  return `new_${column}`;
}
