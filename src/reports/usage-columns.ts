import type { ReportColumn } from './report.ts';

/** What the daily summary adds up: jobs, hours and QoS-weighted charges. */
export const USAGE_COLUMNS: readonly ReportColumn[] = [
  { key: 'jobs', label: 'Jobs', kind: 'count' },
  { key: 'cpu_hours', label: 'CPU hours', kind: 'hours', unit: 'core-hours' },
  { key: 'gpu_hours', label: 'GPU hours', kind: 'hours', unit: 'GPU-hours' },
  { key: 'memory_hours', label: 'Memory hours', kind: 'hours', unit: 'GiB-hours' },
  { key: 'cpu_charges', label: 'CPU charge', kind: 'hours', unit: 'weighted core-hours' },
  { key: 'gpu_charges', label: 'GPU charge', kind: 'hours', unit: 'weighted GPU-hours' },
  { key: 'memory_charges', label: 'Memory charge', kind: 'hours', unit: 'weighted GiB-hours' },
];
