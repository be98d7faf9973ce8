import type Database from 'better-sqlite3';
import type { MachineFacts } from '../../site/machine-facts.ts';
import { type QueueResource, resourceOf } from '../../site/resource-of.ts';
import { namesOf } from '../facts/names-of.ts';
import { ROW, type SummaryRow } from './summary-rows.ts';

/** Tells which resource the queue of a row of the daily summary is of. */
export function rowResource(
  db: Database.Database,
  site: MachineFacts,
): (row: SummaryRow) => QueueResource {
  const resource = resourceOf(site);
  const ofQueue = new Map([...namesOf(db, 'queue')].map(([id, name]) => [id, resource(name)]));
  return (row) => ofQueue.get(row[ROW.queue]) ?? 'other';
}
