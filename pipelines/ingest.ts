import { existsSync } from 'node:fs';
import {
  BuildingFolder,
  publish,
  removeLeftovers,
} from '../src/ledger/sqlite/bulk/building-file.ts';
import type { RulesChange } from '../src/ledger/sqlite/charge-versions.ts';
import { asFailure } from '../src/ledger/sqlite/failure.ts';
import { ledgerFile } from '../src/ledger/sqlite/ledger-file.ts';
import type { LockHolder } from '../src/ledger/sqlite/lock-file.ts';
import type { InterruptedRun } from '../src/ledger/sqlite/runs.ts';
import { acquireWriterLock } from '../src/ledger/sqlite/writer-lock.ts';
import type { Machine } from '../src/site/machine.ts';
import type { ReadAs } from '../src/sources/format-of.ts';
import type { WorkerPoolOptions } from '../workers/worker-pool.ts';
import type { DryRunExample } from './dry-run.ts';
import { knownFiles } from './known-files.ts';
import type { LoadProgress } from './load-files.ts';
import { type Load, type LoadOutcome, prepareLoad } from './prepare-load.ts';
import { type ReadResult, readResult } from './read-result.ts';
import type { RejectLimit } from './reject-limit.ts';
import { unlessReplaced } from './unless-replaced.ts';

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
  /** Told of the other writer when a wait begins. */
  readonly onWait?: (holder: LockHolder) => void;
  /** Aborted with an Interruption where the run must end. */
  readonly signal?: AbortSignal | undefined;
  /** Of qledger, for the journal. */
  readonly version: string;
  readonly readers?: WorkerPoolOptions;
  readonly chunkBytes?: number;
}

export interface IngestResult extends ReadResult {
  readonly runId: number;
  /** Site-local days that were summarised, ascending. */
  readonly days: readonly string[];
  /** Runs before this one that never ended. */
  readonly interrupted: readonly InterruptedRun[];
  /** Where the run before charged by other rules. */
  readonly rulesChange: RulesChange | undefined;
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
  const { files: paths, ledgerPath, waitSeconds = 0, onWait, signal } = request;
  const wait = {
    command: 'ingest',
    waitSeconds,
    ...(onWait === undefined ? {} : { onWait }),
    ...(signal === undefined ? {} : { signal }),
  };
  using _lock = await acquireWriterLock(ledgerPath, wait);
  try {
    removeLeftovers(ledgerPath);
    const known = knownFiles(ledgerPath, paths);
    const prepared = await prepareLoad(request, known, onProgress);
    await using load = prepared.load;
    // What only one of the ways needs is loaded while the threads start.
    const outcome = existsSync(ledgerPath)
      ? await (await import('./append-to-ledger.ts')).appendToLedger(load)
      : await makeLedger(load);
    const { files, ...of } = outcome;
    return { ...of, ...readResult(prepared.plan, files, startedAt) };
  } catch (cause) {
    throw asFailure(cause, ledgerPath);
  }
}

/**
 * Reads everything as an ingest would and tells what it would do; nothing is written.
 * @throws SourceError where no file can be read.
 * @throws LedgerError where the ledger would be refused, or is replaced meanwhile.
 */
export async function tryIngest(
  request: IngestRequest,
  onProgress: (progress: LoadProgress) => void = () => {},
): Promise<ReadResult & { readonly examples: readonly DryRunExample[] }> {
  const startedAt = performance.now();
  return await unlessReplaced(request.ledgerPath, async () => {
    const known = knownFiles(request.ledgerPath, request.files);
    const { load, plan } = await prepareLoad(request, known, onProgress);
    await using _load = load;
    const { dryRun } = await import('./dry-run.ts');
    const { files, examples } = await dryRun(load);
    return { ...readResult(plan, files, startedAt), examples };
  });
}

/** Builds a ledger beside its place and publishes it there. */
async function makeLedger(load: Load): Promise<LoadOutcome> {
  const ledgerPath = ledgerFile(load.request.ledgerPath);
  using folder = new BuildingFolder(ledgerPath);
  const { buildLedger } = await import('./build-ledger.ts');
  const outcome = await buildLedger(load, folder);
  publish(folder.ledger, ledgerPath);
  return outcome;
}
