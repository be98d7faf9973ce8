import { describe, expect, it } from 'vitest';
import { datPieces } from '../../src/output/dat.ts';
import type { PlotTable } from '../../src/reports/plot-files/plot-file.ts';

const TABLE: PlotTable = {
  columns: [
    { key: 'user', label: 'User-ids', kind: 'text', width: 15 },
    { key: 'hours', label: 'Usage', kind: 'hours', width: 15 },
    { key: 'mean_wait', label: 'AveWait-hrs', kind: 'number', width: 12 },
    { key: 'jobs', label: '#-Jobs', kind: 'count', width: 0 },
  ],
  rows: [
    ['ada', 392.25, 0.66456, 1_234_567],
    ['a name, "quoted"\t\n', 0, null, 0],
    ['longer-than-its-column', 123_456_789_012_345, 1, null],
    ['zoë|日本', 0.04, 12_345_678.5, 1],
    ['', 1, 1, 1],
    [null, 1, 1, 1],
  ],
};

describe('datPieces', () => {
  it('has columns of a fixed width, and words only', () => {
    expect([...datPieces(TABLE)].join('')).toMatchInlineSnapshot(`
      "User-ids       Usage          AveWait-hrs #-Jobs
      ada            392.3          0.6646      1234567
      a_name,__quoted___ 0.0            nan         0
      longer-than-its-column 123456789012345.0 1.0000      nan
      zoë|日本         0.0            12345678.5000 1
      _              1.0            1.0000      1
      nan            1.0            1.0000      1
      "
    `);
  });

  it('is read again by who splits lines at white space', () => {
    for (const line of datPieces(TABLE)) expect(line.trimEnd().split(/\s+/)).toHaveLength(4);
  });
});
