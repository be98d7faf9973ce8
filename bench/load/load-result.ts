import type { Host } from '../host.ts';
import type { Measurement, Meter } from '../measured-run.ts';
import { median } from '../rounds.ts';
import type { LoadSample } from './load-sample.ts';
import type { LoadTotals } from './load-totals.ts';

export interface LoadRun extends Measurement {
  readonly databaseBytes: number;
}

export interface LoadContender {
  readonly name: string;
  readonly version: string;
  /** One for each round. */
  readonly runs: readonly LoadRun[];
}

/** What `--json` writes. */
export interface LoadResult {
  readonly bench: 'load';
  readonly measuredAt: string;
  readonly host: Host;
  readonly meter: Meter;
  readonly jobs: number;
  readonly sourceBytes: number;
  readonly rounds: number;
  /** What all databases of the first round agreed on. */
  readonly totals: LoadTotals;
  readonly contenders: readonly (LoadContender & { readonly median: LoadMedian })[];
}

export interface LoadMedian extends LoadRun {
  readonly jobsPerSecond: number;
  /** Wall time by DuckDB's of the same round; null without DuckDB. */
  readonly ratioToDuckdb: number | null;
}

export interface LoadMeasurements {
  readonly host: Host;
  readonly meter: Meter;
  readonly sample: LoadSample;
  readonly totals: LoadTotals;
  readonly contenders: readonly LoadContender[];
}

/** Boils the rounds down to medians. */
export function loadResult(measurements: LoadMeasurements): LoadResult {
  const { host, meter, sample, totals, contenders } = measurements;
  const duckdb = contenders.find(({ name }) => name === 'duckdb');
  return {
    bench: 'load',
    measuredAt: new Date().toISOString(),
    host,
    meter,
    jobs: sample.jobs,
    sourceBytes: sample.bytes,
    rounds: contenders[0].runs.length,
    totals,
    contenders: contenders.map((contender) => ({
      ...contender,
      median: medianOf(contender, duckdb, sample.jobs),
    })),
  };
}

function medianOf(
  { runs }: LoadContender,
  duckdb: LoadContender | undefined,
  jobs: number,
): LoadMedian {
  const wallSeconds = median(runs.map((run) => run.wallSeconds));
  const ratios = duckdb && runs.map((run, i) => run.wallSeconds / duckdb.runs[i].wallSeconds);
  return {
    wallSeconds,
    cpuSeconds: medianOrNull(runs.map((run) => run.cpuSeconds)),
    peakRssBytes: medianOrNull(runs.map((run) => run.peakRssBytes)),
    databaseBytes: median(runs.map((run) => run.databaseBytes)),
    jobsPerSecond: jobs / wallSeconds,
    ratioToDuckdb: ratios === undefined ? null : median(ratios),
  };
}

function medianOrNull(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === values.length ? median(known) : null;
}
