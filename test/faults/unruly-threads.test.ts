import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zoneTable } from '../../src/site/zone-table.ts';
import { type HeldChunk, WorkerPool } from '../../workers/worker-pool.ts';
import { presetMachine } from '../support/preset-machine.ts';

const machine = presetMachine('derecho');
const siteZone = zoneTable(machine.timeZone);
const settings = { machine, siteZone, sourceZone: siteZone };
const workerFile = new URL('../fixtures/unruly-worker.ts', import.meta.url);

const FAULTS = ['throws', 'exits', 'says nothing', 'fails while it holds', 'dies of its ids'];
const TIMEOUT_MS = 60_000;

describe('chunks that are held by threads', () => {
  it.each(FAULTS)('are told of one that %s', async (fault) => {
    const pool = new WorkerPool(settings, { threads: 1, workerFile });
    const held = pool.holdChunk(chunkThat(fault));
    const encoded = held.then((chunk) => chunk.encode(noIds(chunk)));
    await expect(encoded).rejects.toThrow(/broke|exited|without telling/);
    await pool.close();
  });

  it(
    'all come to an end when the pool is closed, whatever has become of any of them',
    async () => {
      const anyChunks = fc.array(fc.constantFrom('is well', 'is well', 'is well', ...FAULTS), {
        minLength: 1,
        maxLength: 12,
      });
      const anyThreads = fc.integer({ min: 1, max: 3 });
      const property = fc.asyncProperty(
        anyChunks,
        anyThreads,
        fc.nat(1),
        fc.boolean(),
        async (chunks, threads, startedThreads, isWaitedFor) => {
          const pool = new WorkerPool(settings, { threads, startedThreads, workerFile });
          const ends = chunks.map((chunk) =>
            pool.holdChunk(chunkThat(chunk)).then(
              () => 'held',
              () => 'failed',
            ),
          );
          if (isWaitedFor) await ends[0];
          await pool.close();
          expect(await Promise.all(ends)).toHaveLength(chunks.length);
          expect(pool.startedInFlight).toBe(0);
        },
      );
      await fc.assert(property, { numRuns: 15 });
    },
    TIMEOUT_MS,
  );
});

type ChunkTask = Parameters<WorkerPool['holdChunk']>[0];

function chunkThat(does: string): ChunkTask {
  const text = `01/01/2025 00:00:00;L;license;${does}\n`;
  return { chunk: Uint8Array.from(Buffer.from(text)), format: { name: 'pbs-log' } };
}

/** Ids for a chunk without jobs, which need no file. */
function noIds({ keys }: HeldChunk): Parameters<HeldChunk['encode']>[0] {
  expect(keys.rows).toBe(0);
  return {
    file: { fd: -1, pageSize: 4096, count: new Int32Array(new SharedArrayBuffer(4)) },
    kept: null,
    firstRowId: 1,
    firstLine: 0,
    nameIds: {},
    qosIds: [],
    qosFactors: [],
    runId: 1,
    fileId: 1,
    chargeVersion: 1,
  };
}
