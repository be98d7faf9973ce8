import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvPieces } from '../../src/output/csv.ts';
import type { Report } from '../../src/reports/report.ts';
import { EXAMPLE_REPORT } from './example-report.ts';

function reportCsv(report: Report): string {
  return [...csvPieces(report)].join('');
}

describe('csvPieces', () => {
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

  it('comes in pieces that hold some hundred rows each', () => {
    const rows = Array.from({ length: 1234 }, (_, i) => [`user${i}`, null, i, null]);
    const pieces = [...csvPieces({ ...EXAMPLE_REPORT, rows })];
    expect(pieces).toHaveLength(4);
    expect(pieces.join('').split('\r\n')[1234]).toBe('user1233,,1233,');
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
