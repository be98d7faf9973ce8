import type Database from 'better-sqlite3';
import type { Qos } from '../../charging/compile-charging.ts';

/** Stores the QoS of a machine with their factors of today. @returns their ids, in the same order. */
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
