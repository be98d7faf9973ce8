import { describe, expect, it } from 'vitest';
import { jsonPieces } from '../../src/output/json.ts';
import { EXAMPLE_REPORT } from './example-report.ts';

describe('jsonPieces', () => {
  it('is one object that says what was asked, the columns, and a row an object', () => {
    const text = [...jsonPieces(EXAMPLE_REPORT)].join('');
    expect(text.endsWith('}\n')).toBe(true);
    expect(JSON.parse(text)).toEqual({
      kind: 'usage-by-user',
      machine: 'derecho',
      from: '2026-01-15',
      to: '2026-01-16',
      columns: EXAMPLE_REPORT.columns,
      rows: [
        { user: 'ada', last_day: '2026-01-16', jobs: 1_234_567, cpu_hours: 392.25 },
        { user: 'smith, "joe"', last_day: null, jobs: 0, cpu_hours: 0.1 + 0.2 },
        { user: 'zoë', last_day: '2026-01-15', jobs: 12, cpu_hours: null },
      ],
      notes: ['One job is missing.', 'So is another.'],
    });
  });
});
