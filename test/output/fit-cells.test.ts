import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutToWidth, displayWidth } from '../../src/output/display-width.ts';
import { fitCells } from '../../src/output/fit-cells.ts';
import { reportTable } from '../../src/output/table.ts';
import { EXAMPLE_REPORT } from './example-report.ts';

describe('a table on a terminal', () => {
  const report = {
    ...EXAMPLE_REPORT,
    rows: [['a-name-that-is-long', '2026-01-16', 1_234_567, 392.25], ...EXAMPLE_REPORT.rows],
    notes: [],
  };

  it('has its texts cut until it fits, and never a number or a day', () => {
    expect(`${reportTable(report, 47)}\n`).toMatchInlineSnapshot(`
      "derecho, usage by user, 2026-01-15 to 2026-01-16

      User           Last day         Jobs  CPU hours
      a-name-that-…  2026-01-16  1,234,567      392.3
      ada            2026-01-16  1,234,567      392.3
      smith, "joe"   -                   0        0.3
      zoë            2026-01-15         12          -
      "
    `);
  });

  it('is not cut where it fits, or where there is no terminal', () => {
    expect(reportTable(report, 80)).toBe(reportTable(report));
    expect(reportTable(report)).toContain('a-name-that-is-long');
  });

  it('is whole where nothing that may be cut would make it fit', () => {
    expect(reportTable(report, 30)).toBe(reportTable(report));
  });
});

describe('fitCells', () => {
  it('cuts the widest column first, down to its heading and no further', () => {
    const head = ['User', 'Long heading', 'Jobs'];
    const rows = [['x'.repeat(30), 'y'.repeat(20), '123456789']];
    expect(fitCells(head, rows, [true, true, false], 45)).toEqual([
      [`${'x'.repeat(15)}…`, `${'y'.repeat(15)}…`, '123456789'],
    ]);
    expect(fitCells(head, rows, [true, true, false], 33)).toEqual([
      [`${'x'.repeat(7)}…`, `${'y'.repeat(11)}…`, '123456789'],
    ]);
  });
});

describe('cutToWidth', () => {
  it('counts columns of the terminal, and cuts between characters as people see them', () => {
    expect(displayWidth('zoë 日本 🙂')).toBe(11);
    expect(cutToWidth('日本日本', 6)).toBe('日本…');
    expect(cutToWidth('e\u0301e\u0301e\u0301', 2)).toBe('e\u0301…');
  });

  it('takes no more than the width, and the beginning of the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 20 }),
        (text, width) => {
          const cut = cutToWidth(text, width);
          expect(displayWidth(cut)).toBeLessThanOrEqual(width);
          expect(text.startsWith(cut.replace(/…$/, ''))).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
