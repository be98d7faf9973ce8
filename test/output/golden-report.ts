import type { Report } from '../../src/reports/report.ts';

/** A column of each kind, and in its rows what formats stumble over. */
export const GOLDEN_REPORT: Report = {
  kind: 'golden-report',
  machine: 'derecho',
  from: '2026-01-01',
  to: '2026-01-31',
  period: 'month',
  columns: [
    { key: 'name', label: 'Name', kind: 'text' },
    { key: 'day', label: 'Day', kind: 'date' },
    { key: 'jobs', label: 'Jobs', kind: 'count' },
    { key: 'cpu_hours', label: 'CPU hours', kind: 'hours', unit: 'core-hours' },
    { key: 'cpu_share', label: 'CPU share', kind: 'share' },
    { key: 'mean_wait', label: 'Mean wait', kind: 'seconds', unit: 's' },
    { key: 'memory', label: 'Memory', kind: 'bytes', unit: 'B' },
    { key: 'factor', label: 'Factor', kind: 'number' },
  ],
  rows: [
    ['ada', '2026-01-15', 1_234_567, 392.25, 0.125, 93_784.5, 3 * 2 ** 30, 1.5],
    ['zoë 日本 🙂', '2026-01-16', 0, 0.1 + 0.2, 1, 0, 0, 0],
    ['a|b, "c" \\ <i>&amp;\'', null, null, null, null, null, null, null],
    ['line\nbreak\r\ttab', '2026-01-17', 1, 1e21, 0, 59, 512, 2],
    ['\u001b[31mred\u0000\u202e', '2026-01-18', 1, 1e-7, 0.0004, 60, 1024, 100],
    ['123[7].x *_`~$', '2026-01-19', 1, 1, 1, 1, 1, 1],
    [null, '2026-01-20', 1, 1, 1, 1, 1, 1],
    ['', '2026-01-21', 1, 1, 1, 1, 1, 1],
  ],
  notes: ['Two jobs < three | four.', 'So is "another".', 'The queue a\u001b[31m|\n日本 is other.'],
  cursors: { next: 'WyJh_-', previous: 'WyJi' },
};
