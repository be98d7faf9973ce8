import { ledgerMachine } from '../../ledger/sqlite/ledger-machine.ts';
import { binarySize, duration } from '../band-texts.ts';
import { type Band, powersOfTwo, UNKNOWN_BAND, wholeBands } from '../bands.ts';
import type { ReportDefinition } from '../definition.ts';
import { type Aggregate, fact, type Quantity } from '../facts/aggregate.ts';
import { distribution } from '../facts/distribution.ts';
import { groupedJobs } from '../facts/grouped-jobs.ts';
import { byBand } from '../facts/grouping.ts';
import { jobCount, unknown } from '../facts/measures.ts';
import { USAGE_MEASURES } from '../facts/usage-measures.ts';
import type { ReportColumn, ReportValue } from '../report.ts';
import { summaryNotes } from '../summary-notes.ts';
import { windowDays } from '../window.ts';

const GIB = 2 ** 30;
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const COUNT = (value: number): string => String(value);

/** By what jobs are put into bands, and where its bands end. */
interface Banding {
  readonly label: string;
  readonly quantity: Quantity;
  readonly bands: readonly Band[];
}

const BANDINGS = {
  nodes: {
    label: 'Nodes',
    quantity: fact('numnodes'),
    bands: wholeBands(powersOfTwo(4096), COUNT),
  },
  cores: {
    label: 'Cores',
    quantity: fact('numcpus'),
    bands: wholeBands(powersOfTwo(2 ** 19), COUNT),
  },
  gpus: { label: 'GPUs', quantity: fact('numgpus'), bands: wholeBands(powersOfTwo(1024), COUNT) },
  memory: {
    label: 'Memory used',
    quantity: fact('memory'),
    bands: wholeBands(
      [1, 4, 16, 64, 128, 256, 512, 1024, 4096].map((g) => g * GIB),
      binarySize,
    ),
  },
  duration: {
    label: 'Run time',
    quantity: fact('elapsed'),
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

/** Waiting is what PBS counted as such; the time from submission to start holds holds and dependencies too. */
const WAITS: readonly Aggregate[] = [
  jobCount,
  unknown('eligible_secs', { key: 'without_wait', label: 'No wait recorded' }),
  distribution('eligible_secs', 'wait'),
];

/** Jobs, users and hours of jobs of each size, or of each run time. */
export function usageByBand(by: BandDimension): ReportDefinition {
  const what = by === 'duration' ? 'run time' : by;
  return bandReport(
    by === 'duration' ? 'job-durations' : `job-sizes-by-${by}`,
    `Jobs, users, hours and charges by ${what}`,
    BANDINGS[by],
    USAGE_MEASURES,
  );
}

/** How long jobs of each size have waited. */
export function waitsByBand(by: BandDimension): ReportDefinition {
  return bandReport(
    `waits-by-${by}`,
    `Waiting times by ${by === 'duration' ? 'run time' : by}`,
    BANDINGS[by],
    WAITS,
  );
}

function bandReport(
  name: string,
  title: string,
  { label, quantity, bands }: Banding,
  measures: readonly Aggregate[],
): ReportDefinition {
  const columns = measures.flatMap((measure) => measure.columns);
  return {
    name,
    title,
    options: [],
    answer(db, { from, to }) {
      const by = byBand(quantity, bands);
      const valuesOf = groupedJobs(db, { window: windowDays(from, to), by, measures });
      return {
        kind: name,
        machine: ledgerMachine(db)?.machine ?? 'unknown',
        from,
        to,
        columns: [{ key: 'band', label, kind: 'text' }, ...columns],
        rows: bandRows(bands, valuesOf, columns),
        notes: summaryNotes(db),
      };
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
