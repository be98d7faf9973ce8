import type Database from 'better-sqlite3';
import type { Qos } from '../../charging/compile-qos.ts';

/**
 * Stores the QoS of a machine, one whose factor depends on the day with the factor that has no dates, which is
 * its last. What a job was charged with stands in its charge.
 * @returns their ids, in the same order.
 */
export function storeQos(db: Database.Database, qos: readonly Qos[]): number[] {
  const upsert = db
    .prepare<[string, number], number>(
      `INSERT INTO job_qos (name, factor) VALUES (?, ?)
       ON CONFLICT (name) DO UPDATE SET factor = excluded.factor RETURNING id`,
    )
    .pluck();
  return db
    .transaction(() => qos.map(({ name, factor }) => Number(upsert.get(name, factor))))
    .immediate();
}
