import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportCsv } from '../../src/output/csv.ts';
import { EXAMPLE_REPORT } from './example-report.ts';

describe('reportCsv', () => {
  it('is RFC 4180: keys first, values unrounded, NULL empty, quotes where they are needed', () => {
    expect(reportCsv(EXAMPLE_REPORT)).toBe(
      [
        'user,last_day,jobs,cpu_hours',
        'ada,2026-01-16,1234567,392.25',
        '"smith, ""joe""",,0,0.30000000000000004',
        'zoë,2026-01-15,12,',
        '',
      ].join('\r\n'),
    );
  });

  it('is the keys alone where there are no rows', () => {
    expect(reportCsv({ ...EXAMPLE_REPORT, rows: [] })).toBe('user,last_day,jobs,cpu_hours\r\n');
  });

  it('gives every text and number back to a reader', () => {
    const row = fc.tuple(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constant('2026-01-15'),
      fc.nat(),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 4 }), (rows) => {
        const csv = reportCsv({ ...EXAMPLE_REPORT, rows });
        const read: string[][] = parse(csv, { record_delimiter: '\r\n' });
        expect(read.slice(1)).toEqual(rows.map((values) => values.map(String)));
      }),
      { numRuns: 40 },
    );
  });
});
