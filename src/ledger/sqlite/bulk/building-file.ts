import {
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { LedgerError } from '../../ledger-error.ts';
import { CHARGE_COLUMNS } from '../charge-rows.ts';
import { JOB_COLUMNS } from '../job-columns.ts';
import { removeUnfinishedBackup } from '../ledger-backups.ts';
import { ledgerFile } from '../ledger-file.ts';
import { createSchema, makeFolderOf } from '../open-ledger.ts';
import { syncPath } from '../sync-path.ts';
import { WRITTEN_INDEXES } from './written-indexes.ts';

/** A ledger that is being built beside the place where it will be in service. */
export interface BuildingFile {
  readonly path: string;
  readonly pageSize: number;
  readonly pageCount: number;
  /** Root page of each table and of each index that is built as pages. */
  readonly rootPages: ReadonlyMap<string, number>;
  /** SQL of the indexes that SQLite builds once the rows are in. */
  readonly laterIndexes: readonly string[];
}

const MARK = '.building-';

/** The folder in which a ledger is built, beside its place; gone when it goes out of scope. */
export class BuildingFolder {
  readonly ledger: string;
  readonly side: string;
  readonly #path: string;

  constructor(ledgerPath: string) {
    makeFolderOf(ledgerPath);
    this.#path = mkdtempSync(`${ledgerPath}${MARK}${process.pid}-${startOfProcess()}-`);
    this.ledger = join(this.#path, 'ledger.db');
    this.side = join(this.#path, 'side.db');
  }

  [Symbol.dispose](): void {
    rmSync(this.#path, { recursive: true, force: true });
  }
}

/**
 * Removes what builds of this ledger left behind when they were killed, be it before the ledger was in
 * service or just after. To be called by its one writer.
 */
export function removeLeftovers(path: string): void {
  const ledgerPath = ledgerFile(path);
  const folder = dirname(ledgerPath);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  const prefix = `${basename(ledgerPath)}${MARK}`;
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(prefix)) continue;
    const [pid, start] = name.slice(prefix.length).split('-').map(Number);
    // A process of the same number that began at another time is gone.
    const isGone = pid === process.pid ? start !== startOfProcess() : !isRunning(pid);
    if (isGone) rmSync(join(folder, name), { recursive: true, force: true });
  }
  removeUnfinishedBackup(ledgerPath);
  // The log of a ledger that was deleted would be taken for the new one's.
  if (existsSync(ledgerPath)) return;
  for (const ending of ['-wal', '-shm', '-journal'])
    rmSync(`${ledgerPath}${ending}`, { force: true });
}

/** Epoch milliseconds. */
function startOfProcess(): number {
  return Math.floor(performance.timeOrigin);
}

/**
 * Makes the file with its schema, all of it by SQLite itself.
 * @param prepare writes what is known before any job is read.
 */
export function createBuildingFile<Prepared>(
  path: string,
  prepare: (db: Database.Database) => Prepared,
): { file: BuildingFile; prepared: Prepared } {
  const db = openBuildingFile(path);
  try {
    createSchema(db);
    checkColumns(
      db,
      'jobs',
      JOB_COLUMNS.map(({ name }) => name),
    );
    checkColumns(db, 'job_charges', CHARGE_COLUMNS);
    const laterIndexes = dropLaterIndexes(db);
    const prepared = prepare(db);
    const roots = db
      .prepare<[], { name: string; rootpage: number }>(
        'SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0',
      )
      .all();
    const file = {
      path,
      pageSize: Number(db.pragma('page_size', { simple: true })),
      pageCount: Number(db.pragma('page_count', { simple: true })),
      rootPages: new Map(roots.map(({ name, rootpage }) => [name, rootpage])),
      laterIndexes,
    };
    return { file, prepared };
  } finally {
    db.close();
  }
}

/** Without journal or syncs: until it is published, a file that breaks is thrown away. */
export function openBuildingFile(path: string): Database.Database {
  const db = new Database(path);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('cache_size = -8000');
  db.pragma('threads = 2');
  db.pragma('foreign_keys = OFF');
  return db;
}

/**
 * Puts a finished file into service: on disk first, then under its name, which must still be free.
 * @throws LedgerError where another process has made the ledger meanwhile.
 */
export function publish(path: string, ledgerPath: string): void {
  syncPath(path);
  try {
    // Unlike a rename, a link never replaces a ledger that has appeared.
    linkSync(path, ledgerPath);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'EEXIST' || existsSync(ledgerPath)) {
      throw new LedgerError(
        'busy',
        `${ledgerPath}: another process has made this ledger meanwhile. Run the same command again.`,
        { cause },
      );
    }
    // Some file systems have no hard links.
    renameSync(path, ledgerPath);
  }
  syncPath(dirname(ledgerPath));
}

/** Pages are laid out by a list of columns; a migration that changes a table must change its list. */
function checkColumns(db: Database.Database, table: string, encoded: readonly string[]): void {
  const inSchema = db
    .prepare<[string], string>('SELECT name FROM pragma_table_info(?)')
    .pluck()
    .all(table);
  if (inSchema.join() !== encoded.join()) {
    throw new Error(`the schema of ${table} (${inSchema}) is not the encoded one (${encoded})`);
  }
}

/** An index that is not built as pages is made by SQLite after the load, which is many times faster. */
function dropLaterIndexes(db: Database.Database): string[] {
  const later = db
    .prepare<[], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_schema
       WHERE type = 'index' AND sql IS NOT NULL`,
    )
    .all()
    .filter(({ name }) => !WRITTEN_INDEXES.includes(name));
  for (const { name } of later) db.exec(`DROP INDEX ${name}`);
  return later.map(({ sql }) => sql);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // EPERM: it runs, under another user.
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}
