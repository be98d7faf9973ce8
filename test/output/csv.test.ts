import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvPieces } from '../../src/output/csv.ts';
import type { Report } from '../../src/reports/report.ts';
import { EXAMPLE_REPORT } from './example-report.ts';

const ANY_LINE_END = ['\r\n', '\n', '\r'];

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

  it('has quotes round an end of a line of any kind, which some readers end a row at', () => {
    const names = ['a\nb', 'a\rb', 'a\r\nb', '\n', ' a ', 'a\tb', 'zoë 日本', "a'b;c"];
    const rows = names.map((name) => [name, null, 1, null]);
    const csv = reportCsv({ ...EXAMPLE_REPORT, rows });
    expect(csv).toBe(
      [
        'user,last_day,jobs,cpu_hours',
        ...['"a\nb"', '"a\rb"', '"a\r\nb"', '"\n"', ' a ', 'a\tb', 'zoë 日本', "a'b;c"].map(
          (name) => `${name},,1,`,
        ),
        '',
      ].join('\r\n'),
    );
    const read: string[][] = parse(csv, { record_delimiter: ANY_LINE_END });
    expect(read.slice(1).map(([name]) => name)).toEqual(names);
  });

  it('has no empty line where the only value of a row is not known, for readers pass over it', () => {
    const columns = EXAMPLE_REPORT.columns.slice(0, 1);
    const csv = reportCsv({ ...EXAMPLE_REPORT, columns, rows: [['ada'], [null], [''], ['bob']] });
    expect(csv).toBe('user\r\nada\r\n""\r\n""\r\nbob\r\n');
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
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 12 }),
        fc.string({ unit: fc.constantFrom(...'ab,"; \r\n日'), maxLength: 6 }),
      ),
      fc.constant('2026-01-15'),
      fc.nat(),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 4 }), (rows) => {
        const csv = reportCsv({ ...EXAMPLE_REPORT, rows });
        const read: string[][] = parse(csv, { record_delimiter: ANY_LINE_END });
        expect(read.slice(1)).toEqual(rows.map((values) => values.map(String)));
      }),
      { numRuns: 40 },
    );
  });
});
