import { existsSync, rmdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { utcText } from '../../site/utc-text.ts';
import { LedgerError } from '../ledger-error.ts';
import { asFailure } from './failure.ts';
import { ledgerFile } from './ledger-file.ts';
import { LockFile, type LockHolder } from './lock-file.ts';
import { makeFolderOf } from './open-ledger.ts';

export interface LockRequest {
  /** What the others are told this process is doing. */
  readonly command: string;
  /** How long to wait for another writer; not at all by default. */
  readonly waitSeconds?: number;
  /** Called when a wait begins, and when it goes on because of another process than before. */
  readonly onWait?: (holder: LockHolder) => void;
  /** Ends the wait with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The right to write to a ledger; given back when it goes out of scope, and in any case when the process ends. */
export interface WriterLock extends Disposable {
  /** May be called again, to no effect. */
  release(): void;
}

const POLL_MS = 200;
/** For so long a process that is just taking the lock, and is not named yet, is given time to be. */
const NAMING_MS = 1000;
const NAMING_POLL_MS = 20;

/**
 * Makes this process the only writer of a ledger, be it there or yet to be built. Readers are not concerned.
 * @throws LedgerError `locked`, with who has it, once the wait is over; another code where the lock can't be
 * written.
 */
export async function acquireWriterLock(
  ledgerPath: string,
  { command, waitSeconds = 0, onWait, signal }: LockRequest,
): Promise<WriterLock> {
  signal?.throwIfAborted();
  const startedAt = performance.now();
  let told: LockHolder | undefined;
  let madeFolder: string | undefined;
  for (;;) {
    madeFolder = makeFolder(ledgerPath) ?? madeFolder;
    const outcome = tryLock(ledgerPath, command);
    if (outcome instanceof LockFile) return writerLock(outcome, ledgerPath, madeFolder);
    const waitedMs = performance.now() - startedAt;
    const isNamed = outcome !== undefined && !isGone(outcome);
    const isSettled = isNamed || waitedMs >= NAMING_MS;
    if (isSettled && waitedMs >= waitSeconds * 1000) {
      throw lockedError(ledgerPath, isNamed ? outcome : undefined, waitSeconds);
    }
    if (isNamed && waitSeconds > 0 && !isSame(outcome, told)) {
      told = outcome;
      onWait?.(outcome);
    }
    await pause(isSettled ? POLL_MS : NAMING_POLL_MS, signal);
  }
}

function tryLock(ledgerPath: string, command: string): LockFile | LockHolder | undefined {
  const path = `${ledgerFile(ledgerPath)}.lock`;
  const since = Math.floor(Date.now() / 1000);
  try {
    return LockFile.tryLock(path, { pid: process.pid, host: hostname(), since, command });
  } catch (cause) {
    // Who had made the folder has just removed it.
    if (!existsSync(dirname(path))) return undefined;
    throw refusal(path, ledgerPath, cause);
  }
}

function makeFolder(ledgerPath: string): string | undefined {
  try {
    return makeFolderOf(ledgerFile(ledgerPath));
  } catch (cause) {
    throw asFailure(cause, ledgerPath);
  }
}

/** @param madeFolder goes with the lock where nothing has come into it. */
function writerLock(
  file: LockFile,
  ledgerPath: string,
  madeFolder: string | undefined,
): WriterLock {
  const release = (): void => {
    file.release();
    if (madeFolder !== undefined) removeEmptyFolders(dirname(ledgerFile(ledgerPath)), madeFolder);
  };
  return { release, [Symbol.dispose]: release };
}

function removeEmptyFolders(deepest: string, topmost: string): void {
  const end = resolve(topmost);
  try {
    for (let folder = resolve(deepest); folder.startsWith(end); folder = dirname(folder)) {
      rmdirSync(folder);
    }
  } catch {
    // There is a ledger in it, or something else.
  }
}

/** The entry is left from a process that was killed: who has the lock now has not written its own yet. */
function isGone({ pid, host }: LockHolder): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (cause) {
    // EPERM: it runs, under another user.
    return !(cause instanceof Error && 'code' in cause && cause.code === 'EPERM');
  }
}

function isSame(a: LockHolder, b: LockHolder | undefined): boolean {
  return a.pid === b?.pid && a.host === b.host && a.since === b.since;
}

/** @throws the reason of the signal. */
async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (cause) {
    signal?.throwIfAborted();
    throw cause;
  }
}

function lockedError(
  ledgerPath: string,
  holder: LockHolder | undefined,
  waitSeconds: number,
): LedgerError {
  const who =
    holder === undefined
      ? 'another process'
      : `process ${holder.pid} on ${holder.host}, since ${utcText(holder.since)} (${holder.command})`;
  const next =
    waitSeconds === 0
      ? 'Wait for it with --wait 10m, or run the same command again later.'
      : `It was not free within ${waitSeconds} s; wait longer, or look what that process is doing.`;
  return new LedgerError('locked', `${ledgerPath}: locked by ${who}. Nothing was changed. ${next}`);
}

function refusal(path: string, ledgerPath: string, cause: unknown): unknown {
  if (!(cause instanceof Database.SqliteError)) return cause;
  if (cause.code === 'SQLITE_NOTADB' || cause.code.startsWith('SQLITE_CORRUPT')) {
    return new LedgerError(
      'unusable',
      `${path}: not the lock of a ledger (${cause.message}), for which qledger needs this name. ` +
        'Nothing was changed; where no qledger is at work on the ledger, delete it or move it away.',
      { cause },
    );
  }
  return asFailure(new Error(`its lock ${path}: ${cause.message}`, { cause }), ledgerPath);
}
