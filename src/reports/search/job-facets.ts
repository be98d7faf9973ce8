import type Database from 'better-sqlite3';
import { SEGMENT_IDS } from '../../ledger/facts/job-facts.ts';
import { byId } from '../facts/grouping.ts';
import { jobsOfWindow } from '../facts/jobs-of-window.ts';
import { jobCount } from '../facts/measures.ts';
import { type Named, namesOf } from '../facts/names-of.ts';
import { askFacts, type FactQuestion } from './ask-facts.ts';
import { searchColumn } from './job-columns.ts';
import { fittingJobs, type JobFilter } from './job-filter.ts';

/** What jobs are counted by, a name, null where they have none, and how many jobs have it. */
export type Facet = [by: Named, name: string | null, jobs: number];

/**
 * How many of the jobs that fit each name has, most first.
 * @param limit how many names of a kind.
 */
export function jobFacets(
  db: Database.Database,
  filter: JobFilter,
  dimensions: readonly Named[],
  limit: number,
): Facet[] {
  const known = askFacts(db, filter, (question) => facetsOfFacts(db, question, dimensions));
  const each = known ?? dimensions.map((by) => facetsOfJobs(db, filter, by));
  return each.flatMap((facets) => facets.sort(mostFirst).slice(0, limit));
}

/** All in one pass. */
function facetsOfFacts(
  db: Database.Database,
  { window, filters }: FactQuestion,
  dimensions: readonly Named[],
): Facet[][] {
  const counted = dimensions.map((dimension) => {
    const names = namesOf(db, dimension);
    const by = byId(`${dimension}_id`, names);
    return { dimension, names, by, jobsOf: jobCount.start(by.groups) };
  });
  const facts = counted.flatMap(({ by }) => by.facts);
  const groupOf = new Int32Array(SEGMENT_IDS);
  for (const jobs of jobsOfWindow(db, window, facts, filters)) {
    for (const { by, jobsOf } of counted) {
      by.groupOf(jobs, groupOf);
      jobsOf.add(jobs, groupOf);
    }
  }
  return counted.map(({ dimension, names, by, jobsOf }) =>
    Array.from({ length: by.groups }, (_, id): Facet => {
      return [dimension, names.get(id) ?? null, Number(jobsOf.values(id)[0])];
    }).filter(([, , jobs]) => jobs > 0),
  );
}

function facetsOfJobs(db: Database.Database, filter: JobFilter, by: Named): Facet[] {
  const { sql, values } = fittingJobs(filter);
  return db
    .prepare<(string | number)[], Facet>(
      `SELECT '${by}', ${searchColumn(by)?.sql} AS facet, count(*) AS jobs ${sql} GROUP BY facet`,
    )
    .raw()
    .all(...values);
}

/** Names are in the order of SQLite: none first, then by their bytes. */
function mostFirst([, a, jobsOfA]: Facet, [, b, jobsOfB]: Facet): number {
  return jobsOfB - jobsOfA || Buffer.compare(Buffer.from(a ?? ''), Buffer.from(b ?? ''));
}
