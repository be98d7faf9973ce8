import type { Report } from '../../src/reports/report.ts';

/** A report with a value of every kind, and texts that a format may stumble over. */
export const EXAMPLE_REPORT: Report = {
  kind: 'usage-by-user',
  machine: 'derecho',
  from: '2026-01-15',
  to: '2026-01-16',
  columns: [
    { key: 'user', label: 'User', kind: 'text' },
    { key: 'last_day', label: 'Last day', kind: 'date' },
    { key: 'jobs', label: 'Jobs', kind: 'count' },
    { key: 'cpu_hours', label: 'CPU hours', kind: 'hours', unit: 'core-hours' },
  ],
  rows: [
    ['ada', '2026-01-16', 1_234_567, 392.25],
    ['smith, "joe"', null, 0, 0.1 + 0.2],
    ['zoë', '2026-01-15', 12, null],
  ],
  notes: ['One job is missing.', 'So is another.'],
};
