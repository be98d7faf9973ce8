import type Database from 'better-sqlite3';
import { type JobFact, SEGMENT_IDS } from '../../ledger/facts/job-facts.ts';
import type { ReportValue } from '../report.ts';
import type { DayRange } from '../window.ts';
import type { Aggregate } from './aggregate.ts';
import type { FactFilter } from './fact-filter.ts';
import type { Grouping } from './grouping.ts';
import { jobsOfWindow } from './jobs-of-window.ts';

export interface GroupedQuestion {
  readonly window: DayRange;
  readonly by: Grouping;
  readonly measures: readonly Aggregate[];
  /** All of which a job must pass. */
  readonly filters?: readonly FactFilter[];
}

/** @returns the values of each group that has jobs, in the order of the measures' columns, by its number. */
export function groupedJobs(
  db: Database.Database,
  { window, by, measures, filters }: GroupedQuestion,
): Map<number, ReportValue[]> {
  const facts = new Set<JobFact>([...by.facts, ...measures.flatMap(({ facts }) => facts)]);
  const accumulations = measures.map((measure) => measure.start(by.groups));
  const groupOf = new Int32Array(SEGMENT_IDS);
  const isUsed = new Uint8Array(by.groups);
  for (const jobs of jobsOfWindow(db, window, facts, filters)) {
    by.groupOf(jobs, groupOf);
    for (let i = 0; i < jobs.jobs; i++) isUsed[groupOf[i]] = 1;
    for (const accumulation of accumulations) accumulation.add(jobs, groupOf);
  }
  const values = new Map<number, ReportValue[]>();
  for (let group = 0; group < by.groups; group++) {
    if (isUsed[group] === 0) continue;
    values.set(
      group,
      accumulations.flatMap((accumulation) => accumulation.values(group)),
    );
  }
  return values;
}
