import { closeSync, openSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { closeLedger, openForReading } from '../open-ledger.ts';

interface Checkpoint {
  /** Pages in the log, and those of them that are in the file as well. */
  readonly log: number;
  readonly checkpointed: number;
}

/**
 * A ledger's file, to be read beside SQLite. It is to be opened before any connection of this process to the
 * ledger and closed after all of them: to close a file takes the locks away that SQLite has on it.
 */
export class FreezableFile implements Disposable {
  readonly #path: string;
  readonly #fd: number;

  constructor(path: string) {
    this.#path = path;
    this.#fd = openSync(path, 'r');
  }

  /**
   * Puts all that is committed into the file and keeps the file as it is: a reader that needs nothing of the log
   * keeps every process from writing the log into the file. What is written meanwhile stays in the log.
   * @param db the one writer, in WAL mode.
   * @returns undefined where that can't be, mostly because somebody reads an older state.
   */
  freeze(db: Database.Database): FrozenFile | undefined {
    if (!isFoldedIn(db)) return undefined;
    const reader = openForReading(this.#path);
    try {
      reader.exec('BEGIN; SELECT 1 FROM sqlite_schema');
      // Nobody has written since, so that what the reader sees is the file.
      if (isFoldedIn(db)) return new FrozenFile(this.#fd, db, reader);
    } catch (cause) {
      closeLedger(reader);
      throw cause;
    }
    closeLedger(reader);
    return undefined;
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd);
  }
}

/** Good until it goes out of scope. */
export class FrozenFile implements Disposable {
  /** For `PageReader`, in any thread. */
  readonly fd: number;
  readonly #db: Database.Database;
  readonly #reader: Database.Database;
  readonly #autocheckpoint: unknown;

  constructor(fd: number, db: Database.Database, reader: Database.Database) {
    this.fd = fd;
    this.#db = db;
    this.#reader = reader;
    this.#autocheckpoint = db.pragma('wal_autocheckpoint', { simple: true });
    // It would be tried at each commit, in vain.
    db.pragma('wal_autocheckpoint = 0');
  }

  [Symbol.dispose](): void {
    closeLedger(this.#reader);
    this.#db.pragma(`wal_autocheckpoint = ${this.#autocheckpoint}`);
  }
}

/** It is never so where the file system knows no log. */
function isFoldedIn(db: Database.Database): boolean {
  const state = db.prepare<[], Checkpoint>('PRAGMA wal_checkpoint(PASSIVE)').get();
  return state !== undefined && state.log >= 0 && state.log === state.checkpointed;
}
