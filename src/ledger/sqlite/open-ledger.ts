import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { LedgerError } from '../ledger-error.ts';
import { MIGRATIONS, SCHEMA_VERSION } from './migrations/index.ts';
import { rollBackJournal } from './roll-back-journal.ts';

/** `qldg` in ASCII; marks the file as a ledger in its header. */
const APPLICATION_ID = 0x716c6467;
/** How long a reader or writer waits for another's transaction. */
const BUSY_TIMEOUT_MS = 10_000;

/** Opens a ledger for a writer; makes it, or brings its schema up to date, where need be. */
export function openForWriting(path: string): Database.Database {
  makeFolderOf(path);
  return opened(path, { timeout: BUSY_TIMEOUT_MS }, (db) => {
    const isNew = isEmpty(db);
    if (!isNew) checkIdentity(db, path);
    db.pragma('journal_mode = WAL');
    tune(db);
    if (isNew) createSchema(db);
    else migrate(db);
  });
}

/**
 * Opens a ledger that exists for a reader, which can change nothing. Only what a killed writer has left half done
 * is undone before.
 * @param hear is told each statement that is run, with its values in place.
 */
export function openForReading(path: string, hear?: (sql: string) => void): Database.Database {
  if (!existsSync(path)) {
    throw new LedgerError(
      'missing',
      `${path}: there is no ledger. Make one with: qledger ingest <file...> --machine <name>`,
    );
  }
  const options = {
    readonly: true,
    fileMustExist: true,
    timeout: BUSY_TIMEOUT_MS,
    ...(hear === undefined ? {} : { verbose: (sql: unknown) => hear(String(sql)) }),
  };
  const open = (): Database.Database => opened(path, options, (db) => readyForReading(db, path));
  try {
    return open();
  } catch (refused) {
    if (!isHalfDone(refused)) throw refused;
    try {
      rollBackJournal(path, APPLICATION_ID, BUSY_TIMEOUT_MS);
    } catch (cause) {
      if (isWithoutRight(cause)) throw refused;
      throw cause instanceof Database.SqliteError ? refusal(path, cause) : cause;
    }
    return open();
  }
}

/**
 * Closes a ledger; a writer first lets SQLite refresh statistics that have aged and, unless others have the
 * ledger open, folds its log in, so that at rest a ledger is one file that any reader can open, also one who
 * may not write beside it.
 */
export function closeLedger(db: Database.Database): void {
  try {
    if (!db.readonly) {
      db.pragma('optimize');
      db.pragma('busy_timeout = 0');
      db.pragma('journal_mode = DELETE');
    }
  } catch (cause) {
    // Others have it open: the log stays for them, and the last one tidies up.
    const isBusy = cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY');
    if (!isBusy) throw cause;
  } finally {
    db.close();
  }
}

export function schemaVersion(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

function readyForReading(db: Database.Database, path: string): void {
  checkIdentity(db, path);
  if (schemaVersion(db) < SCHEMA_VERSION) {
    throw new LedgerError(
      'outdated',
      `${path}: its schema is version ${schemaVersion(db)}, this qledger reads ${SCHEMA_VERSION}. ` +
        'The next ingest brings it up to date.',
    );
  }
  tune(db);
}

function isHalfDone(refused: unknown): boolean {
  return (
    refused instanceof LedgerError &&
    refused.cause instanceof Database.SqliteError &&
    refused.cause.code === 'SQLITE_READONLY_ROLLBACK'
  );
}

function tune(db: Database.Database): void {
  db.pragma('synchronous = NORMAL');
  db.pragma('cache_size = -64000');
  db.pragma('temp_store = MEMORY');
  db.pragma(`mmap_size = ${256 << 20}`);
  db.pragma('foreign_keys = ON');
}

function isWithoutRight(failure: unknown): boolean {
  const code = failure instanceof Error && 'code' in failure ? String(failure.code) : '';
  return /^(EACCES|EPERM|EROFS|SQLITE_READONLY|SQLITE_CANTOPEN)/.test(code);
}

function isEmpty(db: Database.Database): boolean {
  return db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
}

function checkIdentity(db: Database.Database, path: string): void {
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    throw new LedgerError(
      'foreign',
      `${path}: a database, but not a qledger ledger. Nothing was changed; name another file with --db.`,
    );
  }
  if (schemaVersion(db) > SCHEMA_VERSION) {
    throw new LedgerError(
      'newer',
      `${path}: its schema is version ${schemaVersion(db)}, written by a newer qledger than this one, ` +
        `which knows up to ${SCHEMA_VERSION}. Nothing was changed; update qledger.`,
    );
  }
}

/** Makes an empty database a ledger. */
export function createSchema(db: Database.Database): void {
  db.transaction(() => {
    db.pragma(`application_id = ${APPLICATION_ID}`);
    migrate(db);
  }).immediate();
}

function migrate(db: Database.Database): void {
  db.transaction(() => {
    for (let version = schemaVersion(db); version < SCHEMA_VERSION; version++) {
      db.exec(MIGRATIONS[version]);
      db.pragma(`user_version = ${version + 1}`);
    }
  }).immediate();
}

/**
 * @returns the topmost folder that had to be made; undefined where all were there.
 * @throws LedgerError where the folder can't be.
 */
export function makeFolderOf(path: string): string | undefined {
  try {
    return mkdirSync(dirname(path), { recursive: true });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new LedgerError('unusable', `${path}: its folder can't be made: ${why}`, { cause });
  }
}

/** Opens and readies a database; SQLite's refusals become sentences that name the file. */
function opened(
  path: string,
  options: Database.Options,
  ready: (db: Database.Database) => void,
): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = new Database(path, options);
    ready(db);
    return db;
  } catch (cause) {
    db?.close();
    throw cause instanceof Database.SqliteError ? refusal(path, cause) : cause;
  }
}

function refusal(path: string, cause: InstanceType<typeof Database.SqliteError>): LedgerError {
  if (cause.code === 'SQLITE_NOTADB') {
    return new LedgerError(
      'foreign',
      `${path}: not a database at all. Nothing was changed; name another file with --db.`,
      { cause },
    );
  }
  if (cause.code.startsWith('SQLITE_BUSY')) {
    const message = `${path}: another process is writing to it. Try again later.`;
    return new LedgerError('busy', message, { cause });
  }
  if (cause.code === 'SQLITE_READONLY_ROLLBACK') {
    return new LedgerError(
      'read-only',
      `${path}: a writer was killed in the midst of a change, which can only be undone by a user who may write ` +
        'to it and beside it. Nothing was changed; let such a user run the same command.',
      { cause },
    );
  }
  const code = cause.code.startsWith('SQLITE_CORRUPT') ? 'corrupt' : 'unusable';
  return new LedgerError(code, `${path}: can't be opened: ${cause.message}`, { cause });
}
