import { existsSync } from 'node:fs';
import { removeLeftovers } from '../src/ledger/sqlite/bulk/building-file.ts';
import type { Machine } from '../src/site/machine.ts';
import { type ZoneTable, zoneTable } from '../src/site/zone-table.ts';
import type { TimeUnit } from '../src/sources/qhist-csv/labels.ts';
import { openExport, type QhistExport } from '../src/sources/qhist-csv/open-export.ts';
import { WorkerPool, type WorkerPoolOptions } from '../workers/worker-pool.ts';
import { appendToLedger } from './append-to-ledger.ts';
import { buildLedger } from './build-ledger.ts';
import { type FileCounts, noCounts, sumOf } from './file-counts.ts';
import type { LoadedFile, LoadProgress } from './load-files.ts';

export interface IngestRequest {
  readonly files: readonly string[];
  readonly machine: Machine;
  readonly ledgerPath: string;
  /** Zone of the exports' times; the machine's by default. */
  readonly sourceZone?: string;
  /** Unit of durations where a header names none. */
  readonly timeUnit?: TimeUnit;
  /** Of qledger, for the journal. */
  readonly version: string;
  readonly readers?: WorkerPoolOptions;
  readonly chunkBytes?: number;
}

export interface FileResult {
  readonly path: string;
  readonly sizeBytes: number;
  readonly counts: Readonly<FileCounts>;
  /** Labels of the export that the ledger keeps nothing of. */
  readonly unknownLabels: readonly string[];
}

export interface IngestResult {
  readonly runId: number;
  readonly files: readonly FileResult[];
  readonly totals: Readonly<FileCounts>;
  /** Site-local days that were summarised, ascending. */
  readonly days: readonly string[];
  readonly seconds: number;
}

/** What both ways into a ledger work with. */
export interface Load {
  readonly request: IngestRequest;
  readonly exports: readonly QhistExport[];
  readonly siteZone: ZoneTable;
  readonly workers: WorkerPool;
  readonly onProgress: (progress: LoadProgress) => void;
}

/** What either of them has done. */
export interface LoadOutcome {
  readonly runId: number;
  readonly files: readonly LoadedFile[];
  readonly days: readonly string[];
}

/**
 * The main job: raw exports in, a charged, summarised ledger out.
 *
 * All exports are looked at before anything is written. Then chunks of lines go to the workers, which read,
 * convert and charge them; here names get their ids and the jobs go into the ledger. A ledger that is there
 * grows by transactions, each a chunk with its place in the file; a new one is built beside its place and
 * published when it is whole.
 * @throws SourceError where a file is no export; nothing is written.
 * @throws LedgerError where the ledger can't be written.
 * @throws ChunkError where a worker fails.
 */
export async function ingest(
  request: IngestRequest,
  onProgress: (progress: LoadProgress) => void = () => {},
): Promise<IngestResult> {
  const startedAt = performance.now();
  const { machine, timeUnit = 'h' } = request;
  const exports: QhistExport[] = [];
  for (const path of request.files) exports.push(await openExport(path, timeUnit));

  const siteZone = zoneTable(machine.timeZone);
  const sourceZone = request.sourceZone === undefined ? siteZone : zoneTable(request.sourceZone);
  const workers = new WorkerPool({ machine, siteZone, sourceZone }, request.readers);
  try {
    removeLeftovers(request.ledgerPath);
    const load = { request, exports, siteZone, workers, onProgress };
    const outcome = existsSync(request.ledgerPath)
      ? await appendToLedger(load)
      : await buildLedger(load);
    return result(outcome, startedAt);
  } finally {
    await workers.close();
  }
}

function result({ runId, files, days }: LoadOutcome, startedAt: number): IngestResult {
  return {
    runId,
    files: files.map(({ source: { path, sizeBytes, unknownLabels }, counts }) => ({
      path,
      sizeBytes,
      counts,
      unknownLabels,
    })),
    totals: files.reduce((sum, { counts }) => sumOf(sum, counts), noCounts()),
    days,
    seconds: (performance.now() - startedAt) / 1000,
  };
}
