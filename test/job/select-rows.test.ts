import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JobBatch } from '../../src/job/job-batch.ts';
import { selectRows } from '../../src/job/select-rows.ts';
import { zoneTable } from '../../src/site/zone-table.ts';
import { formatOf } from '../../src/sources/format-of.ts';
import { compileContext } from '../../src/sources/reading-context.ts';
import { chunkReader } from '../../src/sources/source-format.ts';
import { exportsOf } from '../ledger/sqlite/bulk/random-exports.ts';
import { decodeBatch } from '../sources/decode-batch.ts';
import { presetMachine } from '../support/preset-machine.ts';

describe('selected rows of a batch', () => {
  it('are the same jobs, with memory of their own', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.infiniteStream(fc.boolean()), async (seed, choice) => {
        const batch = await batchOf(seed);
        const rows = Array.from({ length: batch.rows }, (_, row) => row).filter(
          () => choice.next().value,
        );
        const [jobs, identities] = [decodeBatch(batch), identitiesOf(batch)];
        const selected = selectRows(batch, rows);
        batch.numbers.fill(0);
        batch.bytes.fill(0);
        batch.codes.fill(0);
        expect(decodeBatch(selected)).toEqual(rows.map((row) => jobs[row]));
        expect(identitiesOf(selected)).toEqual(rows.map((row) => identities[row]));
        expect(selected.capacity).toBe(rows.length);
        expect(selected.bytes.length).toBeLessThanOrEqual(batch.bytes.length);
      }),
      { numRuns: 40 },
    );
  });

  it('may be none, all, or some in another order and more than once', async () => {
    const batch = await batchOf(7);
    const jobs = decodeBatch(batch);
    const all = jobs.map((_job, row) => row);
    for (const rows of [[], all, all.toReversed(), [0, 0, 1]]) {
      expect(decodeBatch(selectRows(batch, rows))).toEqual(rows.map((row) => jobs[row]));
    }
  });

  it('of selected rows are rows of the first batch', async () => {
    const batch = await batchOf(8);
    const some = selectRows(batch, [1, 3, 5, 7]);
    expect(decodeBatch(selectRows(some, [1, 3]))).toEqual(
      [3, 7].map((row) => decodeBatch(batch)[row]),
    );
  });
});

async function batchOf(seed: number): Promise<JobBatch> {
  const [text] = exportsOf({ seed, lines: [40], chunkBytes: 1 << 20, threads: 1 });
  const machine = presetMachine('derecho');
  const zone = zoneTable(machine.timeZone);
  const context = compileContext({ machine, siteZone: zone, sourceZone: zone });
  const { format, rows } = formatOf('jobs.csv', Buffer.from(text), { timeUnit: 'h' });
  const chunk = Uint8Array.from(Buffer.from(`${text}\n`).subarray(rows.offset));
  const read = await chunkReader(format);
  return read(chunk, context).batch;
}

function identitiesOf({ identities, rows }: JobBatch): number[][] {
  return Array.from({ length: rows }, (_, row) => [...identities.slice(2 * row, 2 * row + 2)]);
}
