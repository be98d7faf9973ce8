import type Database from 'better-sqlite3';
import type { ZoneClock } from '../../../site/zone-clock.ts';
import { JOB_FACTS, type JobFact, SEGMENT_IDS } from '../../facts/job-facts.ts';
import { FactSegments } from './fact-segments.ts';

/** Where a fact of job `j` with charge `c` comes from, unless it is a column of that name of `j`. */
const SOURCES: Partial<Record<JobFact, string>> = {
  end_day: 'j."end"',
  status_id: '(SELECT s.id FROM exit_statuses s WHERE s.status = j.status)',
  cpu_hours: 'c.cpu_hours',
  gpu_hours: 'c.gpu_hours',
  memory_hours: 'c.memory_hours',
  qos_factor: 'c.qos_factor',
};
const COLUMNS = JOB_FACTS.map((fact) => SOURCES[fact] ?? `j.${fact}`).join(', ');
const END_DAY = JOB_FACTS.indexOf('end_day');

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
  const read = db
    .prepare<[number, number], (number | null)[]>(
      `SELECT ${COLUMNS} FROM jobs j NOT INDEXED CROSS JOIN job_charges c ON c.job_id = j.id
       WHERE j.id BETWEEN ? AND ?`,
    )
    .raw();
  const markFresh = db.prepare<[number]>('DELETE FROM stale_segments WHERE id = ?');
  const segments = new FactSegments(db);
  const numbers = new Float64Array(JOB_FACTS.length * SEGMENT_IDS);
  const refresh = db.transaction((segment: number) => {
    const firstId = segment * SEGMENT_IDS;
    const lastId = firstId + SEGMENT_IDS - 1;
    keepStatuses.run(firstId, lastId);
    let jobs = 0;
    for (const row of read.iterate(firstId, lastId)) {
      for (let fact = 0; fact < row.length; fact++) {
        numbers[fact * SEGMENT_IDS + jobs] = row[fact] ?? Number.NaN;
      }
      const end = END_DAY * SEGMENT_IDS + jobs;
      numbers[end] = clock.localDay(numbers[end]);
      jobs++;
    }
    segments.replace(segment, { jobs, numbers, capacity: SEGMENT_IDS });
    markFresh.run(segment);
  });
  for (const segment of stale) refresh.immediate(segment);
}
