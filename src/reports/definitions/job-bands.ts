import { ledgerMachine } from '../../ledger/sqlite/ledger-machine.ts';
import { binarySize, duration } from '../band-texts.ts';
import { type Band, bandSql, powersOfTwo, UNKNOWN_BAND, wholeBands } from '../bands.ts';
import type { ReportDefinition } from '../definition.ts';
import { JOBS_OF_WINDOW, windowInstants } from '../job-selection.ts';
import type { Report, ReportColumn, ReportValue } from '../report.ts';
import { summaryNotes } from '../summary-notes.ts';

const GIB = 2 ** 30;
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const COUNT = (value: number): string => String(value);

/** By what jobs are put into bands: an expression over a job `j`, and where its bands end. */
interface Banding {
  readonly label: string;
  readonly sql: string;
  readonly bands: readonly Band[];
}

const BANDINGS = {
  nodes: { label: 'Nodes', sql: 'j.numnodes', bands: wholeBands(powersOfTwo(4096), COUNT) },
  cores: { label: 'Cores', sql: 'j.numcpus', bands: wholeBands(powersOfTwo(2 ** 19), COUNT) },
  gpus: { label: 'GPUs', sql: 'j.numgpus', bands: wholeBands(powersOfTwo(1024), COUNT) },
  memory: {
    label: 'Memory used',
    sql: 'j.memory',
    bands: wholeBands(
      [1, 4, 16, 64, 128, 256, 512, 1024, 4096].map((g) => g * GIB),
      binarySize,
    ),
  },
  duration: {
    label: 'Run time',
    sql: 'j.elapsed',
    bands: wholeBands(
      [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR, DAY],
      duration,
    ),
  },
} as const satisfies Record<string, Banding>;

export type BandDimension = keyof typeof BANDINGS;
export const BAND_DIMENSIONS: readonly BandDimension[] = [
  'nodes',
  'cores',
  'gpus',
  'memory',
  'duration',
];

/** A figure of each band: an aggregate over jobs `j` and charges `c`. */
interface Measure extends ReportColumn {
  readonly sql: string;
}

const USAGE: readonly Measure[] = [
  { key: 'jobs', label: 'Jobs', kind: 'count', sql: 'count(*)' },
  { key: 'users', label: 'Users', kind: 'count', sql: 'count(DISTINCT j.user_id)' },
  {
    key: 'cpu_hours',
    label: 'CPU hours',
    kind: 'hours',
    unit: 'core-hours',
    sql: 'total(c.cpu_hours)',
  },
  {
    key: 'gpu_hours',
    label: 'GPU hours',
    kind: 'hours',
    unit: 'GPU-hours',
    sql: 'total(c.gpu_hours)',
  },
  {
    key: 'memory_hours',
    label: 'Memory hours',
    kind: 'hours',
    unit: 'GiB-hours',
    sql: 'total(c.memory_hours)',
  },
];

/** Waiting is what PBS counted as such; the time from submission to start holds holds and dependencies too. */
const WAITS: readonly Measure[] = [
  { key: 'jobs', label: 'Jobs', kind: 'count', sql: 'count(*)' },
  {
    key: 'without_wait',
    label: 'No wait recorded',
    kind: 'count',
    sql: 'count(*) - count(j.eligible_secs)',
  },
  seconds('mean_wait', 'Mean', 'avg(j.eligible_secs)'),
  seconds('median_wait', 'Median', 'percentile(j.eligible_secs, 50)'),
  seconds('p90_wait', '90 %', 'percentile(j.eligible_secs, 90)'),
  seconds('p95_wait', '95 %', 'percentile(j.eligible_secs, 95)'),
  seconds('max_wait', 'Longest', 'max(j.eligible_secs)'),
];

/** Jobs, users and hours of jobs of each size, or of each run time. */
export function usageByBand(by: BandDimension): ReportDefinition {
  const what = by === 'duration' ? 'run time' : by;
  return {
    name: by === 'duration' ? 'job-durations' : `job-sizes-by-${by}`,
    title: `Jobs, users and hours by ${what}`,
    options: [],
    answer(db, question) {
      return bandReport(db, question, this.name, BANDINGS[by], USAGE);
    },
  };
}

/** How long jobs of each size have waited. */
export function waitsByBand(by: BandDimension): ReportDefinition {
  return {
    name: `waits-by-${by}`,
    title: `Waiting times by ${by === 'duration' ? 'run time' : by}`,
    options: [],
    answer(db, question) {
      return bandReport(db, question, this.name, BANDINGS[by], WAITS);
    },
  };
}

function bandReport(
  db: Parameters<ReportDefinition['answer']>[0],
  { from, to }: { readonly from: string; readonly to: string },
  kind: string,
  { label, sql, bands }: Banding,
  measures: readonly Measure[],
): Report {
  const found = db
    .prepare<[{ start: number; end: number }], [number, ...ReportValue[]]>(
      `SELECT ${bandSql(sql, bands)} AS band, ${measures.map((measure) => measure.sql).join(', ')}
       ${JOBS_OF_WINDOW} GROUP BY band`,
    )
    .raw()
    .all(windowInstants(db, from, to));
  const rowOf = new Map(found.map(([band, ...values]) => [band, values]));
  // A band between others is shown although it is empty; those above the highest job say nothing.
  const highest = Math.max(-1, ...rowOf.keys());
  const none = measures.map(({ kind }) => (kind === 'seconds' ? null : 0));
  const rows = bands
    .slice(0, highest + 1)
    .map((band, i): ReportValue[] => [band.label, ...(rowOf.get(i) ?? none)]);
  const unknown = rowOf.get(-1);
  return {
    kind,
    machine: ledgerMachine(db)?.machine ?? 'unknown',
    from,
    to,
    columns: [
      { key: 'band', label, kind: 'text' },
      ...measures.map(({ sql: _, ...column }) => column),
    ],
    rows: unknown === undefined ? rows : [...rows, [UNKNOWN_BAND, ...unknown]],
    notes: summaryNotes(db),
  };
}

function seconds(key: string, label: string, sql: string): Measure {
  return { key, label, kind: 'seconds', unit: 's', sql };
}
