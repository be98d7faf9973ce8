import type Database from 'better-sqlite3';
import type { ReportQuestion } from '../definition.ts';
import { fact, ofTwo, type Quantity } from '../facts/aggregate.ts';
import { type FactFilter, withGpus, withId } from '../facts/fact-filter.ts';
import { hasResources, queuesByResource } from '../queue-resources.ts';
import type { ReportColumn, ReportValue } from '../report.ts';

/** A column of a file for plotting: its label is the name that scripts read it by. */
export interface PlotColumn extends ReportColumn {
  /** Characters that it takes at least, with the space behind it; 0 for the last. */
  readonly width: number;
}

export interface PlotTable {
  readonly columns: readonly PlotColumn[];
  readonly rows: readonly (readonly ReportValue[])[];
}

/** Whose jobs and hours a file is of. */
export type PlotResource = 'cpu' | 'gpu' | 'all';

/** One of the fixed-width files that plotting scripts read, and the report that it goes with. */
export interface PlotFile {
  /** As it is in the name of the file: `De_<name>_<from>_<to>.dat`. */
  readonly name: string;
  readonly report: string;
  readonly resource: PlotResource;
  answer(db: Database.Database, question: ReportQuestion): PlotTable;
}

/** Jobs whose queue is one of the resource; where the configuration tells of none, jobs that had GPUs or had none. */
export function jobsOf(
  db: Database.Database,
  { site }: Pick<ReportQuestion, 'site'>,
  resource: PlotResource,
): FactFilter[] {
  if (resource === 'all') return [];
  if (!hasResources(site)) return [withGpus(resource === 'gpu')];
  const queues = queuesByResource(db, site)[resource];
  return [withId('queue_id', new Set(queues.map(({ id }) => id)))];
}

/** The hours of a job that count. */
export function hoursOf(resource: PlotResource): Quantity {
  if (resource !== 'all') return fact(`${resource}_hours`);
  return ofTwo('cpu_hours', 'gpu_hours', (cpu, gpu) => cpu + gpu);
}
