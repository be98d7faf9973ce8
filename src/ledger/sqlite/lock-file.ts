import { rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { LedgerError } from '../ledger-error.ts';

/** Who has a ledger locked. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** Epoch seconds. */
  readonly since: number;
  readonly command: string;
}

interface Entry extends LockHolder {
  /** Told apart from every other attempt ever made. */
  readonly token: string;
}

/** `qlck` in ASCII; what has another mark is somebody else's file. */
const APPLICATION_ID = 0x716c636b;
/** A longer command would not fit into the page. */
const COMMAND_LENGTH = 200;

/**
 * A tiny database whose write lock is the lock, so that it is the kernel that frees it when its process dies,
 * however it dies. The entry in it tells others who that is; it alone means nothing.
 *
 * The file is there only while it is locked, so that at rest a ledger is one file, and no lock stays behind
 * that belongs to one user where the next one is another. Only who has the lock removes the file.
 */
export class LockFile {
  readonly #db: Database.Database;
  readonly #path: string;
  readonly #inode: bigint | undefined;

  private constructor(db: Database.Database, path: string) {
    this.#db = db;
    this.#path = path;
    this.#inode = inodeOf(path);
  }

  /**
   * Tries once, without waiting.
   * @returns the lock, or who has it; undefined where that can't be told at this very moment.
   * @throws SqliteError where the file can't be written; LedgerError where it is no lock of qledger.
   */
  static tryLock(path: string, holder: LockHolder): LockFile | LockHolder | undefined {
    const entry = { ...holder, token: crypto.randomUUID() };
    const db = new Database(path, { timeout: 0 });
    let isLocked = false;
    try {
      isLocked = unlessBusy(() => lock(db, path, entry)) ?? false;
      return isLocked ? new LockFile(db, path) : otherHolder(db, path, entry);
    } finally {
      if (!isLocked) db.close();
    }
  }

  /** May be called again, to no effect. */
  release(): void {
    if (!this.#db.open) return;
    try {
      // Before the lock is let go of, and never a file that was put here after ours had been taken away.
      if (inodeOf(this.#path) === this.#inode) rmSync(this.#path, { force: true });
    } catch {
      // A file that nobody has locked stops nobody.
    } finally {
      this.#db.close();
    }
  }
}

/** @returns whether the file, as it is found under its name, is locked by this connection now. */
function lock(db: Database.Database, path: string, entry: Entry): boolean {
  const isNew = isEmpty(db);
  if (!isNew) checkIdentity(db, path);
  // A journal belongs to the name of a file; when the file is removed, it would be taken for the next one's.
  db.pragma('journal_mode = MEMORY');
  db.exec('BEGIN IMMEDIATE');
  if (isNew) db.pragma(`application_id = ${APPLICATION_ID}`);
  writeEntry(db, entry);
  // Only what is committed can be read by others, and the commit lets go of the lock.
  db.exec('COMMIT');
  db.exec('BEGIN IMMEDIATE');
  // Another one may meanwhile have had it, and have removed the file.
  return tokenAt(path) === entry.token;
}

/** A view of nothing but values stands in the first page, and a single page is written whole or not at all. */
function writeEntry(db: Database.Database, { token, pid, host, since, command }: Entry): void {
  const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
  db.exec(`
    DROP VIEW IF EXISTS holder;
    CREATE VIEW holder AS SELECT ${text(token)} AS token, ${pid} AS pid, ${text(host)} AS host,
      ${since} AS since, ${text(command.slice(0, COMMAND_LENGTH))} AS command;
  `);
}

function tokenAt(path: string): string | undefined {
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true, timeout: 0 });
    return db.prepare<[], string>('SELECT token FROM holder').pluck().get();
  } catch (cause) {
    // Not our file then: it is gone, or another one is being made.
    if (cause instanceof Database.SqliteError) return undefined;
    throw cause;
  } finally {
    db?.close();
  }
}

function otherHolder(db: Database.Database, path: string, own: Entry): LockHolder | undefined {
  if (db.inTransaction) db.exec('ROLLBACK');
  return unlessBusy(() => {
    if (isEmpty(db)) return undefined;
    checkIdentity(db, path);
    return db
      .prepare<[string], LockHolder>(
        'SELECT pid, host, since, command FROM holder WHERE token <> ?',
      )
      .get(own.token);
  });
}

function unlessBusy<Result>(attempt: () => Result): Result | undefined {
  try {
    return attempt();
  } catch (cause) {
    const isBusy = cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY');
    if (isBusy) return undefined;
    throw cause;
  }
}

function isEmpty(db: Database.Database): boolean {
  return db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
}

function checkIdentity(db: Database.Database, path: string): void {
  if (db.pragma('application_id', { simple: true }) === APPLICATION_ID) return;
  throw new LedgerError(
    'unusable',
    `${path}: a database, but not the lock of a ledger, for which qledger needs this name. ` +
      'Nothing was changed; move it away.',
  );
}

function inodeOf(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}
