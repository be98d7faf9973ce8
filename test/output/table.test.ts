import { describe, expect, it } from 'vitest';
import { alignedTable, reportTable } from '../../src/output/table.ts';
import { EXAMPLE_REPORT } from './example-report.ts';

describe('reportTable', () => {
  it('has the window above, aligned columns, and the notes below', () => {
    expect(`${reportTable(EXAMPLE_REPORT)}\n`).toMatchInlineSnapshot(`
      "derecho, usage by user, 2026-01-15 to 2026-01-16

      User          Last day         Jobs  CPU hours
      ada           2026-01-16  1,234,567      392.3
      smith, "joe"  -                   0        0.3
      zoë           2026-01-15         12          -

      Note: One job is missing.
      Note: So is another.
      "
    `);
  });

  it('has its columns where there are no rows', () => {
    expect(reportTable({ ...EXAMPLE_REPORT, rows: [], notes: [] })).toMatchInlineSnapshot(`
      "derecho, usage by user, 2026-01-15 to 2026-01-16

      User  Last day  Jobs  CPU hours"
    `);
  });

  it('says that there are no jobs where there is no window', () => {
    const table = reportTable({ ...EXAMPLE_REPORT, from: null, to: null, rows: [] });
    expect(table.split('\n')[0]).toBe('derecho, usage by user, no jobs');
  });

  it('has no open end where a ledger without jobs was asked from a day on', () => {
    const table = reportTable({ ...EXAMPLE_REPORT, to: null, rows: [] });
    expect(table.split('\n')[0]).not.toContain('null');
  });
});

describe('alignedTable', () => {
  it('has two spaces between columns and none at the end of a line', () => {
    const table = alignedTable(
      ['Name', 'Jobs', 'Note'],
      [
        ['ada', '12', ''],
        ['zoë', '3', 'the second of them'],
      ],
      ['left', 'right', 'left'],
    );
    expect(table).toBe(
      ['Name  Jobs  Note', 'ada     12', 'zoë      3  the second of them'].join('\n'),
    );
  });
});
