/**
 * What of a report a chart shows, in the keys of its columns: pure data, free of any drawing. What the rows are of is
 * in the first column of the report, unless it is said.
 */
export type Chart =
  /** Bars above the rows, in their order. */
  | {
      readonly form: 'columns';
      readonly over: 'bands' | 'time';
      readonly panels: readonly ChartPanel[];
    }
  /** Bars over time, each made of those of bands, which the column `band` names. */
  | { readonly form: 'stack'; readonly measures: readonly string[] }
  /** Bars beside the names of the largest rows, the first measure being what they are ordered by. */
  | { readonly form: 'ranking'; readonly measures: readonly string[] }
  /** Parts of a whole: the largest rows and all others. */
  | { readonly form: 'shares'; readonly measures: readonly string[] }
  /** A line over time for each of the largest names. */
  | { readonly form: 'lines'; readonly name: string; readonly measure: string };

/** Measures that are drawn on one axis. */
export interface ChartPanel {
  /** What the axis is of; the label of the column where there is but one. */
  readonly label?: string;
  /**
   * Points on a logarithmic scale where values span decades and 0 is of no interest. Bars are always linear, for
   * their length is what is read.
   */
  readonly scale?: 'log';
  readonly series: readonly ChartSeries[];
}

export interface ChartSeries {
  readonly key: string;
  /** Where the label of the column would not do beside others. */
  readonly label?: string;
}

const JOBS: ChartPanel = { series: [{ key: 'jobs' }] };
const CPU_HOURS: ChartPanel = { series: [{ key: 'cpu_hours' }] };
const GPU_HOURS: ChartPanel = { series: [{ key: 'gpu_hours' }] };

/** Jobs and hours of each band. */
export const USAGE_OF_BANDS: Chart = {
  form: 'columns',
  over: 'bands',
  panels: [JOBS, CPU_HOURS, GPU_HOURS],
};

/** Jobs and CPU hours of each band in each period. */
export const BANDS_OVER_TIME: Chart = { form: 'stack', measures: ['jobs', 'cpu_hours'] };

/** What half and nine tenths of the jobs of each band waited at most. */
export const WAITS_OF_BANDS: Chart = {
  form: 'columns',
  over: 'bands',
  panels: [
    {
      label: 'Waiting time',
      scale: 'log',
      series: [
        { key: 'median_wait', label: 'Median' },
        { key: 'p90_wait', label: '90th percentile' },
      ],
    },
  ],
};

/** Jobs and hours of each period. */
export const USAGE_OVER_TIME: Chart = {
  form: 'columns',
  over: 'time',
  panels: [JOBS, CPU_HOURS, GPU_HOURS],
};

/** Who used how much of the CPU and the GPU hours. */
export const SHARES_OF_HOURS: Chart = { form: 'shares', measures: ['cpu_hours', 'gpu_hours'] };

/** CPU and GPU hours of the largest, beside each other. */
export const RANKED_HOURS: Chart = { form: 'ranking', measures: ['cpu_hours', 'gpu_hours'] };
