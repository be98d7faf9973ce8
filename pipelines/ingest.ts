import { existsSync } from 'node:fs';
import { removeLeftovers } from '../src/ledger/sqlite/bulk/building-file.ts';
import { asFailure } from '../src/ledger/sqlite/failure.ts';
import type { InterruptedRun } from '../src/ledger/sqlite/runs.ts';
import { acquireWriterLock } from '../src/ledger/sqlite/writer-lock.ts';
import type { Machine } from '../src/site/machine.ts';
import { type ZoneTable, zoneTable } from '../src/site/zone-table.ts';
import type { ReadAs } from '../src/sources/format-of.ts';
import { WorkerPool, type WorkerPoolOptions } from '../workers/worker-pool.ts';
import { appendToLedger } from './append-to-ledger.ts';
import { buildLedger } from './build-ledger.ts';
import { type DryRunExample, dryRun } from './dry-run.ts';
import { type FileCounts, noCounts, sumOf } from './file-counts.ts';
import { knownFiles } from './known-files.ts';
import type { FileAction, LoadedFile, LoadProgress } from './load-files.ts';
import { type FilesPlan, type PlannedFile, planFiles, type UnreadableFile } from './plan-files.ts';
import type { RejectLimit } from './reject-limit.ts';
import { timeUnitCheck } from './time-unit-check.ts';

export interface IngestRequest {
  readonly files: readonly string[];
  readonly machine: Machine;
  readonly ledgerPath: string;
  readonly readAs?: ReadAs;
  /** Zone of the exports' times; the machine's by default. */
  readonly sourceZone?: string;
  /** Known jobs take the values of newer records; by default they stay untouched. */
  readonly upsert?: boolean;
  /** Read files again that are known. */
  readonly force?: boolean;
  readonly rejectLimit?: RejectLimit | undefined;
  /** How long to wait for another writer. */
  readonly waitSeconds?: number;
  /** Aborted with an Interruption where the run must end. */
  readonly signal?: AbortSignal | undefined;
  /** Of qledger, for the journal. */
  readonly version: string;
  readonly readers?: WorkerPoolOptions;
  readonly chunkBytes?: number;
}

export interface FileResult {
  readonly path: string;
  readonly format: string;
  readonly action: FileAction;
  readonly sizeBytes: number;
  readonly counts: Readonly<FileCounts>;
  /** Bytes of a last record that is still being written; the next run reads it. */
  readonly unfinishedBytes: number;
  /** Labels of the export that the ledger keeps nothing of. */
  readonly unknownLabels: readonly string[];
}

/** What the files have become, or would. */
export interface ReadResult {
  readonly files: readonly FileResult[];
  /** Paths of files that were read before and have not changed since. */
  readonly unchanged: readonly string[];
  readonly unreadable: readonly UnreadableFile[];
  readonly totals: Readonly<FileCounts>;
  readonly seconds: number;
}

export interface IngestResult extends ReadResult {
  readonly runId: number;
  /** Site-local days that were summarised, ascending. */
  readonly days: readonly string[];
  /** Runs before this one that never ended. */
  readonly interrupted: readonly InterruptedRun[];
}

/** What both ways into a ledger work with. */
export interface Load {
  readonly request: IngestRequest;
  readonly files: readonly PlannedFile[];
  readonly siteZone: ZoneTable;
  readonly workers: WorkerPool;
  readonly onProgress: (progress: LoadProgress) => void;
}

/** What either of them has done. */
export interface LoadOutcome {
  readonly runId: number;
  readonly files: readonly LoadedFile[];
  readonly days: readonly string[];
  readonly interrupted: readonly InterruptedRun[];
}

/**
 * The main job: raw history in, a charged, summarised ledger out.
 *
 * One writer at a time. All files are looked at before anything is written. Then chunks of records go to the
 * workers, which read, convert and charge them; here names get their ids and the jobs go into the ledger. A
 * ledger that is there grows by transactions, each a chunk with its place in the file; a new one is built
 * beside its place and published when it is whole.
 * @throws SourceError where no file can be read; nothing is written.
 * @throws LedgerError where the ledger can't be written, or another process is writing it.
 * @throws ChunkError where a worker fails.
 */
export async function ingest(
  request: IngestRequest,
  onProgress: (progress: LoadProgress) => void = () => {},
): Promise<IngestResult> {
  const startedAt = performance.now();
  const { ledgerPath, waitSeconds = 0, signal } = request;
  const wait = { command: 'ingest', waitSeconds, ...(signal === undefined ? {} : { signal }) };
  using _lock = await acquireWriterLock(ledgerPath, wait);
  try {
    removeLeftovers(ledgerPath);
    const prepared = await prepareLoad(request, onProgress);
    await using load = prepared.load;
    const outcome = existsSync(ledgerPath) ? await appendToLedger(load) : await buildLedger(load);
    const { files, ...of } = outcome;
    return { ...of, ...resultOf(prepared.plan, files, startedAt) };
  } catch (cause) {
    throw asFailure(cause, ledgerPath);
  }
}

/**
 * Reads everything as an ingest would and tells what it would do; nothing is written.
 * @throws SourceError where no file can be read.
 */
export async function tryIngest(
  request: IngestRequest,
  onProgress: (progress: LoadProgress) => void = () => {},
): Promise<ReadResult & { readonly examples: readonly DryRunExample[] }> {
  const startedAt = performance.now();
  const { load, plan } = await prepareLoad(request, onProgress);
  await using _load = load;
  const { files, examples } = await dryRun(load);
  return { ...resultOf(plan, files, startedAt), examples };
}

/** Looks at all files and starts the workers. */
async function prepareLoad(
  request: IngestRequest,
  onProgress: (progress: LoadProgress) => void,
): Promise<{ load: Load & AsyncDisposable; plan: FilesPlan }> {
  const { machine, ledgerPath, readAs = { timeUnit: 'h' }, force = false } = request;
  const siteZone = zoneTable(machine.timeZone);
  const sourceZone = request.sourceZone === undefined ? siteZone : zoneTable(request.sourceZone);
  const settings = { machine, siteZone, sourceZone };
  const plan = await planFiles({
    paths: request.files,
    readAs,
    find: knownFiles(ledgerPath, request.files),
    force,
    check: timeUnitCheck(settings),
  });
  const { toLoad, unchanged, unreadable } = plan;
  if (toLoad.length === 0 && unchanged.length === 0 && unreadable.length > 0) {
    throw unreadable[0].problem;
  }
  const workers = new WorkerPool(settings, request.readers);
  const close = (): Promise<void> => workers.close();
  const load = { request, files: toLoad, siteZone, workers, onProgress };
  return { load: { ...load, [Symbol.asyncDispose]: close }, plan };
}

function resultOf(
  { unchanged, unreadable }: FilesPlan,
  files: readonly LoadedFile[],
  startedAt: number,
): ReadResult {
  return {
    files: files.map(({ source, action, counts, unfinishedBytes }) => ({
      path: source.path,
      format: source.format.name,
      action,
      sizeBytes: source.sizeBytes,
      counts,
      unfinishedBytes,
      unknownLabels: source.unknownLabels,
    })),
    unchanged,
    unreadable,
    totals: files.reduce((sum, { counts }) => sumOf(sum, counts), noCounts()),
    seconds: (performance.now() - startedAt) / 1000,
  };
}
