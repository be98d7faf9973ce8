import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenLine } from '../../sample-data/broken-line.ts';
import { LocalTimeText } from '../../sample-data/local-time-text.ts';
import { qhistHeader, qhistLine } from '../../sample-data/qhist-csv.ts';
import { SeededRandom } from '../../sample-data/random/seeded-random.ts';
import { zoneTable } from '../../src/site/zone-table.ts';
import { exampleJob } from './example-job.ts';

const line = qhistLine(exampleJob(), new LocalTimeText(zoneTable('America/Denver')), false);
const labels = qhistHeader(false).split(',');

/** How the fields of the nth kind of broken line differ from the good line's. */
function breakage(kind: number, seed: number): string[] {
  return brokenLine(line, kind, new SeededRandom(`test ${seed}`)).split(',');
}

describe('brokenLine', () => {
  it('breaks in seven ways, whatever is drawn', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const [truncated, comma, time, endFirst, noId, blank, noNumber] = [0, 1, 2, 3, 4, 5, 6].map(
          (kind) => breakage(kind, seed),
        );
        expect(line.startsWith(truncated.join(','))).toBe(true);
        expect(truncated.length).toBeLessThan(labels.length - 4);
        expect(comma).toHaveLength(labels.length + 1);
        expect(differing(time)).toEqual(['Job Start']);
        expect(time[labels.indexOf('Job Start')]).not.toBe('');
        expect(differing(endFirst)).toEqual(['Job End']);
        expect(endFirst[labels.indexOf('Job End')]).toBe('2001-12-31 21:32:22');
        expect(differing(noId)).toEqual(['Job ID', 'Job ID']);
        expect(blank).toEqual(['']);
        expect(differing(noNumber)).toEqual(['NCPUs']);
        expect(noNumber[labels.indexOf('NCPUs')]).not.toMatch(/^\d*$/);
      }),
    );
  });

  it('begins again after the seventh', () => {
    expect(breakage(7 + 4, 1)).toEqual(breakage(4, 1));
  });
});

function differing(fields: readonly string[]): string[] {
  const good = line.split(',');
  expect(fields).toHaveLength(good.length);
  return labels.filter((_, column) => fields[column] !== good[column]);
}
