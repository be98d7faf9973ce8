import { rmSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { LedgerError } from '../src/ledger/ledger-error.ts';
import type { WritingRun } from '../src/ledger/sqlite/batch-writer.ts';
import {
  BuildingFolder,
  publish,
  removeLeftovers,
} from '../src/ledger/sqlite/bulk/building-file.ts';
import { asFailure } from '../src/ledger/sqlite/failure.ts';
import { foldLog } from '../src/ledger/sqlite/fold-log.ts';
import { ledgerFile } from '../src/ledger/sqlite/ledger-file.ts';
import { takeRuleSets } from '../src/ledger/sqlite/rule-set-history.ts';
import { swapLedger } from '../src/ledger/sqlite/swap-ledger.ts';
import { acquireWriterLock } from '../src/ledger/sqlite/writer-lock.ts';
import { beginRun } from './begin-run.ts';
import { buildLedger } from './build-ledger.ts';
import type { IngestRequest } from './ingest.ts';
import { type BuiltLedger, inspectBuilt } from './inspect-built.ts';
import { Interruption } from './interruption.ts';
import type { LoadProgress } from './load-files.ts';
import { isStillThere, type OldLedger, oldLedger } from './old-ledger.ts';
import { prepareLoad } from './prepare-load.ts';
import { type ReadResult, readResult } from './read-result.ts';

export interface RebuildRequest extends Omit<IngestRequest, 'upsert' | 'force' | 'rejectLimit'> {
  /** How many backups of the ledger remain, with the one that is made now. */
  readonly keepBackups: number;
  /** Swap even where the new ledger lacks jobs that the old one has. */
  readonly allowLoss: boolean;
  /** Build, check and compare, and swap nothing. */
  readonly dryRun: boolean;
}

export interface RebuildResult extends ReadResult, BuiltLedger {
  readonly runId: number;
  /** Site-local days of the new ledger, ascending. */
  readonly days: readonly string[];
  readonly outcome: RebuildOutcome;
  /** What was to be known of the figures of the old ledger. */
  readonly oldNotes: readonly string[];
  /** Where the old ledger is now; null where there was none, it was not kept, or is still in service. */
  readonly backup: string | null;
  readonly removedBackups: readonly string[];
}

/** Whether the new ledger is in service, was not to be, or was refused because it lacks jobs. */
export type RebuildOutcome = 'in service' | 'compared' | 'refused';

export interface RebuildListener {
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Called when something begins that takes its time after all is read. */
  readonly onStep?: (step: string) => void;
}

/** For so long a reader that has the old ledger open with its log is given time to end. */
const PATIENCE_SECONDS = 2;
const POLL_MS = 200;

/**
 * The whole history from raw data into a new ledger, which takes the place of the old one when it is whole,
 * has passed every check and lacks no job that the old one has. Until that one step the old ledger stays in
 * service, untouched; a failure or a kill leaves nothing that the next run does not remove. Where there is no
 * ledger yet, it is made.
 * @throws SourceError where no file can be read.
 * @throws LedgerError `corrupt` where the new ledger does not pass its checks; `busy` where a reader keeps the old
 * one's log open; others as an ingest.
 * @throws ChunkError where a worker fails.
 */
export async function rebuild(
  request: RebuildRequest,
  { onProgress = () => {}, onStep = () => {} }: RebuildListener = {},
): Promise<RebuildResult> {
  const startedAt = performance.now();
  const { waitSeconds = 0, onWait, signal } = request;
  const wait = {
    command: 'rebuild',
    waitSeconds,
    ...(onWait === undefined ? {} : { onWait }),
    ...(signal === undefined ? {} : { signal }),
  };
  using _lock = await acquireWriterLock(request.ledgerPath, wait);
  // It is the file that is replaced; another name of the ledger leads on to it.
  const ledgerPath = ledgerFile(request.ledgerPath);
  try {
    removeLeftovers(ledgerPath);
    const old = oldLedger(ledgerPath, request.machine);
    if (old !== null && !request.dryRun) await foldOld(ledgerPath, waitSeconds, signal);
    const { load, plan } = await prepareLoad(
      { ...request, ledgerPath },
      () => undefined,
      onProgress,
    );
    await using _load = load;
    using folder = new BuildingFolder(ledgerPath);
    const begin = (db: Database.Database): WritingRun => {
      takeRuleSets(db, old?.ruleSets ?? []);
      return beginRun(db, load, 'rebuild').run;
    };
    const { runId, days, files } = await buildLedger(load, folder, begin);
    const built = inspectBuilt(folder.ledger, runId, old, onStep);
    const outcome = outcomeOf(request, old, built);
    // A signal is heard only where the process has a moment for it.
    await delay(1);
    Interruption.throwIfAborted(signal);
    const swapped =
      outcome === 'in service'
        ? await putIntoService(folder.ledger, ledgerPath, old, request)
        : { backup: null, removedBackups: [] };
    const read = readResult(plan, files, startedAt);
    return { ...read, ...built, ...swapped, runId, days, outcome, oldNotes: old?.notes ?? [] };
  } catch (cause) {
    throw asFailure(cause, ledgerPath);
  }
}

function outcomeOf(
  { allowLoss, dryRun }: RebuildRequest,
  old: OldLedger | null,
  { comparison }: BuiltLedger,
): RebuildOutcome {
  const losesNone = old === null || comparison?.lost.jobs === 0;
  if (!losesNone && !allowLoss) return 'refused';
  return dryRun ? 'compared' : 'in service';
}

async function putIntoService(
  path: string,
  ledgerPath: string,
  old: OldLedger | null,
  { keepBackups, waitSeconds = 0, signal }: RebuildRequest,
): Promise<Pick<RebuildResult, 'backup' | 'removedBackups'>> {
  if (old === null) {
    // An empty file is no ledger, but it has the name.
    if (statSync(ledgerPath, { throwIfNoEntry: false })?.size === 0) rmSync(ledgerPath);
    publish(path, ledgerPath);
    return { backup: null, removedBackups: [] };
  }
  await foldOld(ledgerPath, waitSeconds, signal);
  if (!isStillThere(old, ledgerPath)) {
    throw new LedgerError(
      'busy',
      `${ledgerPath}: it was moved, deleted or replaced while the new one was built, which was therefore not put ` +
        'into service. Let nothing but qledger touch it, and run the same command again.',
    );
  }
  return swapLedger(path, ledgerPath, keepBackups);
}

/** @throws LedgerError where a reader does not let go of the old ledger's log. */
async function foldOld(
  ledgerPath: string,
  waitSeconds: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const until = performance.now() + 1000 * Math.max(waitSeconds, PATIENCE_SECONDS);
  while (!foldLog(ledgerPath)) {
    if (performance.now() >= until) {
      throw new LedgerError(
        'busy',
        `${ledgerPath}: a program has had it open since an ingest and holds its log, so it can't be ` +
          'replaced. Nothing was changed. Close that program (fuser names it), then run the same command again.',
      );
    }
    await delay(POLL_MS);
    Interruption.throwIfAborted(signal);
  }
}
