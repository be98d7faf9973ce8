import type Database from 'better-sqlite3';
import { asFailure } from '../src/ledger/sqlite/failure.ts';
import { claimLedger } from '../src/ledger/sqlite/ledger-machine.ts';
import type { LockHolder } from '../src/ledger/sqlite/lock-file.ts';
import { closeLedger, openForReading, openForWriting } from '../src/ledger/sqlite/open-ledger.ts';
import { FreezableFile } from '../src/ledger/sqlite/pages/freezable-file.ts';
import { type InterruptedRun, Runs } from '../src/ledger/sqlite/runs.ts';
import { acquireWriterLock } from '../src/ledger/sqlite/writer-lock.ts';
import type { RangesRequest } from './charge-ranges.ts';
import { noteFailure } from './note-failure.ts';
import { StepTimes } from './step-times.ts';

export interface WritingRequest extends RangesRequest {
  /** How long to wait for another writer. */
  readonly waitSeconds?: number;
  /** Told of the other writer when a wait begins. */
  readonly onWait?: (holder: LockHolder) => void;
  /** Of qledger, for the journal. */
  readonly version: string;
}

/** A run that the journal knows. */
export interface BegunRun<Prepared> {
  readonly db: Database.Database;
  readonly file: FreezableFile;
  readonly runId: number;
  readonly times: StepTimes;
  /** Runs before this one that never ended. */
  readonly interrupted: readonly InterruptedRun[];
  readonly prepared: Prepared;
}

/**
 * Runs a command on a ledger that is there, as its one writer and with its place in the journal, whatever
 * becomes of it.
 * @param prepare what is to be known before the run begins, with the version of the charge rules; in the same
 * transaction.
 * @throws LedgerError where the ledger is not there, is another machine's, or can't be written.
 */
export async function journaledRun<Prepared extends { readonly chargeVersion: number }, Result>(
  request: WritingRequest,
  command: string,
  prepare: (db: Database.Database) => Prepared,
  work: (run: BegunRun<Prepared>) => Promise<Result>,
): Promise<Result> {
  const { ledgerPath, machine, waitSeconds = 0, onWait, signal, version } = request;
  // A ledger that is not there has no jobs, and must not be made by asking for them.
  closeLedger(openForReading(ledgerPath));
  using _lock = await acquireWriterLock(ledgerPath, {
    command,
    waitSeconds,
    ...(onWait === undefined ? {} : { onWait }),
    ...(signal === undefined ? {} : { signal }),
  });
  try {
    using file = new FreezableFile(ledgerPath);
    const db = openForWriting(ledgerPath);
    const runs = new Runs(db);
    let runId: number | undefined;
    let result: Result;
    try {
      const begun = db
        .transaction(() => {
          claimLedger(db, machine);
          const interrupted = runs.endInterrupted();
          const prepared = prepare(db);
          const { chargeVersion } = prepared;
          const runId = runs.begin({ command, qledgerVersion: version, chargeVersion });
          return { runId, interrupted, prepared };
        })
        .immediate();
      runId = begun.runId;
      const times = new StepTimes();
      result = await work({ ...begun, db, file, times });
      runs.recordSteps(runId, times);
      runs.complete(runId);
    } catch (cause) {
      noteFailure(runs, runId, cause, () => closeLedger(db));
      throw cause;
    }
    closeLedger(db);
    return result;
  } catch (cause) {
    throw asFailure(cause, ledgerPath);
  }
}
