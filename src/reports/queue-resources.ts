import type Database from 'better-sqlite3';
import { type MachineFacts, RESOURCES } from '../site/machine-facts.ts';
import { type QueueResource, resourceOf } from '../site/resource-of.ts';

export interface Queue {
  readonly id: number;
  readonly name: string;
}

/** The queues of a ledger by what their jobs use; each is in one of the three. */
export type QueuesByResource = Readonly<Record<QueueResource, readonly Queue[]>>;

export function queuesByResource(db: Database.Database, site: MachineFacts): QueuesByResource {
  const resource = resourceOf(site);
  const queues: Record<QueueResource, Queue[]> = { cpu: [], gpu: [], other: [] };
  const all = db.prepare<[], Queue>('SELECT id, queue_name AS name FROM queues ORDER BY id').all();
  for (const queue of all) queues[resource(queue.name)].push(queue);
  return queues;
}

/** SQL that is true where the id of a queue is one of these. */
export function isAmong(queues: readonly Queue[], id: string): string {
  return `${id} IN (${queues.map((queue) => queue.id).join(', ')})`;
}

/** Whether it is known of any queue what its jobs use. */
export function hasResources({ resources }: MachineFacts): boolean {
  return RESOURCES.some((resource) => resources[resource].queues.length > 0);
}
