import type Database from 'better-sqlite3';
import type { ReportQuestion } from './definition.ts';
import { hasResources, isAmong, queuesByResource } from './queue-resources.ts';

/** What a reader must know of figures of CPU and GPU queues to trust them. */
export function resourceNotes(
  db: Database.Database,
  { from, to, site }: Pick<ReportQuestion, 'from' | 'to' | 'site'>,
): string[] {
  if (!hasResources(site)) {
    return [
      'The configuration does not say which queues are of CPUs and which of GPUs: all count as other.',
    ];
  }
  const others = db
    .prepare<[string, string], string>(
      `SELECT q.queue_name FROM daily_summary d JOIN queues q ON q.id = d.queue_id
       WHERE d.date BETWEEN ? AND ? AND ${isAmong(queuesByResource(db, site).other, 'd.queue_id')}
       GROUP BY q.id ORDER BY q.queue_name`,
    )
    .pluck()
    .all(from, to);
  if (others.length === 0) return [];
  const which = others.length === 1 ? 'queue' : 'queues';
  return [
    `Jobs of the ${which} ${others.join(', ')} are other: the configuration has them neither as CPU nor as GPU queues.`,
  ];
}
