import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdtempSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { type OldSchema, oldSchema } from '../src/sources/old-database/old-schema.ts';
import { needsCopy, openOldDatabase } from '../src/sources/old-database/open-old-database.ts';
import { SourceError } from '../src/sources/source-error.ts';

/** An old database that is open for reading, until this goes out of scope. */
export interface OldDatabase extends Disposable {
  readonly db: Database.Database;
  /** Where it is read: itself, or a copy of it that is removed again. */
  readonly readPath: string;
  readonly schema: OldSchema;
  readonly rows: number;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** @throws SourceError where another program has changed it since it was opened. */
  checkUnchanged(): void;
}

/**
 * Opens an old database. One that can't be read where it is, as with a log in a folder that nobody may write
 * to, is copied first.
 * @param scratchFolder where a copy would go; the system's folder for such things by default.
 * @throws SourceError where it is none.
 */
export function openOld(path: string, scratchFolder: string = tmpdir()): OldDatabase {
  const copy = needsCopy(path) ? copied(path, scratchFolder) : null;
  const readPath = copy?.path ?? resolve(path);
  let db: Database.Database | undefined;
  const close = (): void => {
    db?.close();
    if (copy !== null) rmSync(copy.folder, { recursive: true });
  };
  try {
    db = openOldDatabase(readPath);
    return described(path, readPath, db, close);
  } catch (cause) {
    close();
    throw cause;
  }
}

function described(
  path: string,
  readPath: string,
  db: Database.Database,
  close: () => void,
): OldDatabase {
  const { size, mtimeMs } = statSync(path);
  const schema = oldSchema(db);
  const rows = db.prepare<[], number>('SELECT count(*) FROM jobs').pluck().get() ?? 0;
  const versionOf = (): unknown => db.pragma('data_version', { simple: true });
  const version = versionOf();
  return {
    db,
    readPath,
    schema,
    rows,
    sizeBytes: size,
    modifiedMs: mtimeMs,
    checkUnchanged: () => {
      if (versionOf() === version && statSync(path).mtimeMs === mtimeMs) return;
      throw new SourceError(
        `${path}: another program has changed it while it was read. Nothing was put into service; ` +
          'run the same command again when nothing writes to it.',
      );
    },
    [Symbol.dispose]: close,
  };
}

function copied(path: string, scratchFolder: string): { folder: string; path: string } {
  const folder = mkdtempSync(join(scratchFolder, 'qledger-old-'));
  const copy = join(folder, 'old.db');
  for (const ending of ['', '-wal', '-journal']) {
    if (!existsSync(path + ending)) continue;
    copyFileSync(path + ending, copy + ending, constants.COPYFILE_FICLONE);
    // A copy is as read-only as its original.
    chmodSync(copy + ending, 0o600);
  }
  // Finishes what a writer left behind, so that every thread can read it.
  const db = new Database(copy);
  db.pragma('journal_mode = DELETE');
  db.close();
  return { folder, path: copy };
}
