import { jobDurations, usageHistoryFile } from './histories.ts';
import { pie } from './pies.ts';
import type { PlotFile } from './plot-file.ts';
import { jobSizes, jobWaits } from './size-histograms.ts';

/** All files for plotting, in the order of the reports that they go with. */
export const PLOT_FILES: readonly PlotFile[] = [
  pie('pie_user_cpu', 'user', 'cpu'),
  pie('pie_user_gpu', 'user', 'gpu'),
  pie('pie_proj_cpu', 'account', 'cpu'),
  pie('pie_proj_gpu', 'account', 'gpu'),
  // The same under the name that older scripts look for.
  pie('pie_group_cpu', 'account', 'cpu'),
  pie('pie_group_gpu', 'account', 'gpu'),
  usageHistoryFile,
  jobSizes('cpu_job_sizes', 'nodes', 'cpu'),
  jobSizes('bycore_job_sizes', 'cores', 'all'),
  jobSizes('gpu_job_sizes', 'gpus', 'gpu'),
  jobSizes('memory_job_sizes', 'memory', 'all'),
  jobDurations('cpu_job_durations', 'cpu'),
  jobDurations('gpu_job_durations', 'gpu'),
  jobWaits('cpu_job_waits', 'nodes', 'cpu'),
  jobWaits('bycore_job_waits', 'cores', 'all'),
  jobWaits('gpu_job_waits', 'gpus', 'gpu'),
  jobWaits('memory_job_waits', 'memory', 'all'),
];

/**
 * What a file is called: `De_pie_user_cpu_2026-01-01_2026-01-31.dat`, with the first two letters of the machine.
 * Scripts take the window from it.
 */
export function plotFileName(machine: string, name: string, from: string, to: string): string {
  const letters = machine.slice(0, 2).replaceAll(/[^A-Za-z0-9]/g, '_');
  const prefix = letters.charAt(0).toUpperCase() + letters.slice(1).toLowerCase();
  return `${prefix}_${name}_${from}_${to}.dat`;
}
