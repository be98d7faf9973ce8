import type Database from 'better-sqlite3';
import type { ReportQuestion } from '../definition.ts';
import { hasResources, isAmong, queuesByResource } from '../queue-resources.ts';
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

/** For machines whose configuration does not tell: a job is of GPUs where it had or was charged any, else of CPUs. */
const HAS_GPUS = '(coalesce(j.numgpus, 0) > 0 OR c.gpu_hours > 0)';

/** The condition on a job `j` with its charge `c` and queue `q`: that the queue is one of the resource. */
export function resourceSql(
  db: Database.Database,
  { site }: Pick<ReportQuestion, 'site'>,
  resource: PlotResource,
): string {
  if (resource === 'all') return 'TRUE';
  if (!hasResources(site)) return resource === 'gpu' ? HAS_GPUS : `NOT ${HAS_GPUS}`;
  return isAmong(queuesByResource(db, site)[resource], 'q.id');
}

/** The hours of a job that count. */
export function hoursSql(resource: PlotResource): string {
  return { cpu: 'c.cpu_hours', gpu: 'c.gpu_hours', all: 'c.cpu_hours + c.gpu_hours' }[resource];
}
