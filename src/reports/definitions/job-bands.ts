import { type Band, UNKNOWN_BAND } from '../bands.ts';
import { BANDS_OVER_TIME, type Chart, USAGE_OF_BANDS, WAITS_OF_BANDS } from '../charts/chart.ts';
import type { ReportDefinition } from '../definition.ts';
import type { Aggregate } from '../facts/aggregate.ts';
import { distribution } from '../facts/distribution.ts';
import { groupedJobs } from '../facts/grouped-jobs.ts';
import { byBand, byBoth, byPart } from '../facts/grouping.ts';
import { jobCount, unknown } from '../facts/measures.ts';
import { USAGE_MEASURES } from '../facts/usage-measures.ts';
import { BANDINGS, type Banding } from '../job-bandings.ts';
import { periodLabel } from '../period.ts';
import type { ReportColumn, ReportValue } from '../report.ts';
import { windowDays, windowParts } from '../window.ts';
import { windowReport } from '../window-report.ts';

/** Waiting is what PBS counted as such; the time from submission to start holds holds and dependencies too. */
const WAITS: readonly Aggregate[] = [
  jobCount,
  unknown('eligible_secs', { key: 'without_wait', label: 'No wait recorded' }),
  distribution('eligible_secs', 'wait'),
];

const SIZES = ['nodes', 'cores', 'gpus', 'memory'] as const;
const WHAT = { nodes: 'nodes', cores: 'cores', gpus: 'gpus', memory: 'memory used' } as const;

/** What jobs of each size, of each run time, of each memory per rank have used. */
export const USAGE_BY_BAND: readonly ReportDefinition[] = [
  ...SIZES.map((by) =>
    bandReport(
      `job-sizes-by-${by}`,
      `Jobs, users, hours and charges by ${WHAT[by]}`,
      BANDINGS[by],
      USAGE_MEASURES,
      USAGE_OF_BANDS,
    ),
  ),
  bandReport(
    'job-durations',
    'Jobs, users, hours and charges by run time',
    BANDINGS.duration,
    USAGE_MEASURES,
    USAGE_OF_BANDS,
  ),
  bandHistory(
    'job-durations-history',
    'Jobs, users, hours and charges by run time in each period',
    BANDINGS.duration,
  ),
  bandReport(
    'memory-per-rank',
    'Jobs, users, hours and charges by memory used: used / (ranks per node x threads x nodes)',
    BANDINGS['memory-per-rank'],
    USAGE_MEASURES,
    USAGE_OF_BANDS,
  ),
  bandHistory(
    'memory-per-rank-history',
    'Jobs, users, hours and charges by memory per rank in each period',
    BANDINGS['memory-per-rank'],
  ),
];

/** How long jobs of each size, or of each run time, have waited. */
export const WAITS_BY_BAND: readonly ReportDefinition[] = [
  ...SIZES.map((by) =>
    bandReport(
      `waits-by-${by}`,
      `Waiting times by ${WHAT[by]}`,
      BANDINGS[by],
      WAITS,
      WAITS_OF_BANDS,
    ),
  ),
  bandReport(
    'waits-by-duration',
    'Waiting times by run time',
    BANDINGS.duration,
    WAITS,
    WAITS_OF_BANDS,
  ),
];

function bandReport(
  name: string,
  title: string,
  { label, quantity, bands: bandsOf }: Banding,
  measures: readonly Aggregate[],
  chart: Chart,
): ReportDefinition {
  const columns = measures.flatMap((measure) => measure.columns);
  return {
    name,
    title,
    options: [],
    chart,
    answer(db, { from, to, site }) {
      const bands = bandsOf(site);
      const by = byBand(quantity, bands);
      const valuesOf = groupedJobs(db, { window: windowDays(from, to), by, measures });
      return windowReport(
        db,
        name,
        { from, to },
        {
          columns: [{ key: 'band', label, kind: 'text' }, ...columns],
          rows: bandRows(bands, valuesOf, columns),
        },
      );
    },
  };
}

/** A band between others is shown although it is empty; those above the highest job say nothing. */
function bandRows(
  bands: readonly Band[],
  valuesOf: ReadonlyMap<number, ReportValue[]>,
  columns: readonly ReportColumn[],
): ReportValue[][] {
  const used = [...valuesOf.keys()].filter((group) => group < bands.length);
  const none = columns.map(({ kind }) => (kind === 'seconds' ? null : 0));
  const rows = bands
    .slice(0, Math.max(-1, ...used) + 1)
    .map((band, i): ReportValue[] => [band.label, ...(valuesOf.get(i) ?? none)]);
  const unknownBand = valuesOf.get(bands.length);
  return unknownBand === undefined ? rows : [...rows, [UNKNOWN_BAND, ...unknownBand]];
}

/** The same in each part of the window; bands without a job in it are left out. */
function bandHistory(
  name: string,
  title: string,
  { label, quantity, bands: bandsOf }: Banding,
): ReportDefinition {
  const columns = USAGE_MEASURES.flatMap((measure) => measure.columns);
  return {
    name,
    title,
    options: ['period'],
    chart: BANDS_OVER_TIME,
    answer(db, { from, to, period, site }) {
      const window = windowDays(from, to);
      const parts = windowParts(window, period, periodLabel);
      const labels = [...bandsOf(site).map((band) => band.label), UNKNOWN_BAND];
      const by = byBoth(byPart(parts), byBand(quantity, bandsOf(site)));
      const valuesOf = groupedJobs(db, { window, by, measures: USAGE_MEASURES });
      return windowReport(
        db,
        name,
        { from, to },
        {
          columns: [
            { key: period, label: 'Period', kind: 'text' },
            { key: 'band', label, kind: 'text', order: labels },
            ...columns,
          ],
          rows: [...valuesOf].map(([group, values]) => [
            parts[Math.floor(group / labels.length)].label,
            labels[group % labels.length],
            ...values,
          ]),
        },
      );
    },
  };
}
