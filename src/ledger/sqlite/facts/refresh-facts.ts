import type Database from 'better-sqlite3';
import type { ZoneClock } from '../../../site/zone-clock.ts';
import { FactSegments } from './fact-segments.ts';
import { idsOf, SegmentReader } from './segment-reader.ts';

/**
 * Makes the facts of each segment anew whose jobs have changed since, one transaction a segment, so that a
 * reader sees a segment as it was or as it is.
 */
export function refreshFacts(db: Database.Database, clock: ZoneClock): void {
  const stale = db.prepare<[], number>('SELECT id FROM stale_segments ORDER BY id').pluck().all();
  const keepStatuses = db.prepare<[number, number]>(
    `INSERT INTO exit_statuses (status)
     SELECT status FROM jobs WHERE id BETWEEN ? AND ? AND status IS NOT NULL
     GROUP BY status ORDER BY min(id)
     ON CONFLICT DO NOTHING`,
  );
  const markFresh = db.prepare<[number]>('DELETE FROM stale_segments WHERE id = ?');
  const reader = new SegmentReader(db, clock);
  const segments = new FactSegments(db);
  const refresh = db.transaction((segment: number) => {
    const { firstId, lastId } = idsOf(segment);
    keepStatuses.run(firstId, lastId);
    segments.replace(segment, reader.read(segment));
    markFresh.run(segment);
  });
  for (const segment of stale) refresh.immediate(segment);
}
