import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { LedgerError } from '../../../src/ledger/ledger-error.ts';
import { asFailure } from '../../../src/ledger/sqlite/failure.ts';
import {
  closeLedger,
  openForReading,
  openForWriting,
} from '../../../src/ledger/sqlite/open-ledger.ts';
import { SourceError } from '../../../src/sources/source-error.ts';
import { alterDatabase } from '../../support/query-ledger.ts';
import { TempFolder } from '../../support/temp-folder.ts';
import { withoutWriteAccess } from '../../support/without-write-access.ts';

const ROW = 'INSERT INTO users (username) VALUES (hex(randomblob(20000)))';
const PAGE_BYTES = 4096;
const KEPT = 'The ledger is as of the last commit.';
const NOTHING = 'No ledger was put into service.';

describe('a failure of the database', () => {
  it('for lack of room is told as such', () => {
    using folder = new TempFolder();
    const ledger = newLedger(folder);
    const db = openForWriting(ledger);
    const pages = Number(db.pragma('page_count', { simple: true }));
    db.pragma(`max_page_count = ${pages + 2}`);
    const cause = thrownBy(() => db.exec(ROW));
    closeLedger(db);
    expect(told(cause, ledger)).toEqual([
      'full',
      `${ledger}: there is no room left to write (database or disk is full). ${KEPT} Make room on ` +
        "the disk, or raise the quota or the limit of a file's size, then run the same command again.",
    ]);
  });

  it('for a limit of the file size is told as one of the disk', () => {
    using folder = new TempFolder();
    const ledger = newLedger(folder);
    const script = fileURLToPath(new URL('../../fixtures/fill-ledger.ts', import.meta.url));
    const { stdout } = spawnSync(
      'sh',
      ['-c', 'ulimit -f 2000; exec "$0" "$@"', process.execPath, script, ledger],
      { encoding: 'utf8' },
    );
    const failure = JSON.parse(stdout);
    expect(failure).toMatchObject({ name: 'LedgerError', code: 'disk-error' });
    expect(failure.message).toContain(`(disk I/O error). ${KEPT} Look for a quota`);
    expect(() => closeLedger(openForWriting(ledger))).not.toThrow();
  });

  it('for another writer is told as busy', () => {
    using folder = new TempFolder();
    const ledger = newLedger(folder);
    const other = new Database(ledger);
    other.exec('BEGIN IMMEDIATE');
    const db = new Database(ledger, { timeout: 0 });
    const cause = thrownBy(() => db.exec(ROW));
    db.close();
    other.close();
    expect(told(cause, ledger)[0]).toBe('busy');
  });

  it('for a file that may only be read is told as read-only', () => {
    using folder = new TempFolder();
    const ledger = newLedger(folder);
    const cause = withoutWriteAccess(folder.path, () => {
      const db = new Database(ledger);
      try {
        return thrownBy(() => db.exec(ROW));
      } finally {
        db.close();
      }
    });
    const [code, message] = told(cause, ledger);
    expect(code).toBe('read-only');
    expect(message).toMatch(/can not be written \(attempt to write a readonly database\)\. The /);
  });

  it('for a folder that may only be read is told as read-only, also where it is opened', () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const cause = withoutWriteAccess(folder.path, () => thrownBy(() => openForWriting(ledger)));
    expect(cause).toMatchObject({ name: 'LedgerError', code: 'unusable' });
    const [code, message] = told(cause, ledger);
    expect(code).toBe('read-only');
    expect(message).toContain(`unable to open database file). ${NOTHING} `);
  });

  it('for a folder in the place of the ledger is told as such', () => {
    using folder = new TempFolder();
    mkdirSync(folder.file('ledger.db'));
    const ledger = folder.file('ledger.db');
    const [code, message] = told(
      thrownBy(() => new Database(ledger)),
      ledger,
    );
    expect(code).toBe('unusable');
    expect(message).toContain(`${ledger}: a folder (`);
  });

  it('for pages that are damaged is told as such, and promises nothing', () => {
    using folder = new TempFolder();
    const ledger = newLedger(folder);
    alterDatabase(ledger, `${ROW}; ${ROW}`);
    damage(ledger, statSync(ledger).size - 8 * PAGE_BYTES);
    const db = openForReading(ledger);
    const cause = thrownBy(() => db.prepare('SELECT username FROM users').all());
    closeLedger(db);
    expect(told(cause, ledger)).toEqual([
      'corrupt',
      `${ledger}: the file is damaged (database disk image is malformed). Keep it for a look at ` +
        'what happened; go on with a backup, or make the ledger anew from the raw history.',
    ]);
  });

  it('for damage is told as such also where it is opened', () => {
    using folder = new TempFolder();
    const ledger = newLedger(folder);
    damage(ledger, PAGE_BYTES);
    expect(
      told(
        thrownBy(() => openForReading(ledger)),
        ledger,
      )[0],
    ).toBe('corrupt');
  });

  it('for a file that was cut off is told as damage', () => {
    using folder = new TempFolder();
    const ledger = newLedger(folder);
    truncateSync(ledger, 8192);
    const cause = thrownBy(() => {
      const db = openForReading(ledger);
      try {
        db.prepare('SELECT * FROM jobs').all();
      } finally {
        closeLedger(db);
      }
    });
    expect(told(cause, ledger)[0]).toBe('corrupt');
  });

  it('for what is no database is told as such', () => {
    using folder = new TempFolder();
    const ledger = folder.write('ledger.db', 'hello\n'.repeat(200));
    const db = new Database(ledger);
    const cause = thrownBy(() => db.exec(ROW));
    db.close();
    expect(told(cause, ledger)[0]).toBe('foreign');
  });

  it('for a file that was moved away is told as such', () => {
    using folder = new TempFolder();
    const ledger = newLedger(folder);
    const db = new Database(ledger);
    db.exec(ROW);
    renameSync(ledger, folder.file('elsewhere.db'));
    writeFileSync(ledger, '');
    const [code, message] = told(
      thrownBy(() => db.exec(ROW)),
      ledger,
    );
    db.close();
    expect(code).toBe('unusable');
    expect(message).toContain('moved, deleted or replaced while it was written to');
  });

  it.each([
    ['SQLITE_IOERR_FSYNC', 'disk-error'],
    ['SQLITE_IOERR_SHMSIZE', 'full'],
    ['SQLITE_IOERR_NOMEM', 'out-of-memory'],
    ['SQLITE_NOMEM', 'out-of-memory'],
    ['SQLITE_READONLY_CANTLOCK', 'read-only'],
    ['SQLITE_BUSY_SNAPSHOT', 'busy'],
    ['SQLITE_CORRUPT_INDEX', 'corrupt'],
  ])('of code %s is told as %s', (code, expected) => {
    expect(told(new Database.SqliteError('it failed', code), '/nowhere/ledger.db')[0]).toBe(
      expected,
    );
  });
});

describe('a failure of the system', () => {
  it('for lack of room is told as such, also where it comes from another thread', () => {
    const ledger = '/nowhere/ledger.db';
    const fd = openSync('/dev/full', 'w');
    const cause = thrownBy(() => writeSync(fd, 'a page'));
    closeSync(fd);
    expect(told(cause, ledger)[0]).toBe('full');
    const [code, message] = told(structuredClone(cause), ledger);
    expect(code).toBe('full');
    expect(message).toContain(`(ENOSPC: no space left on device, write). ${NOTHING} Make room`);
  });

  it('to read the disk is told as such', () => {
    const fd = openSync('/proc/self/mem', 'r');
    const cause = thrownBy(() => readSync(fd, Buffer.alloc(1), 0, 1, 0));
    closeSync(fd);
    expect(told(cause, '/nowhere/ledger.db')[0]).toBe('disk-error');
  });

  it('to make a folder for the ledger is told as read-only', () => {
    using folder = new TempFolder();
    mkdirSync(folder.file('data'));
    const ledger = folder.file('data/new/ledger.db');
    const cause = withoutWriteAccess(folder.file('data'), () =>
      thrownBy(() => openForWriting(ledger)),
    );
    const [code, message] = told(cause, ledger);
    expect(code).toBe('read-only');
    expect(message).toContain(NOTHING);
  });

  it('to open another file is none of the ledger', () => {
    using folder = new TempFolder();
    const other = folder.write('jobs.csv', '');
    const cause = withoutWriteAccess(folder.path, () => thrownBy(() => openSync(other, 'w')));
    expect(cause).toMatchObject({ code: 'EACCES' });
    expect(asFailure(cause, folder.file('ledger.db'))).toBe(cause);
    expect(asFailure(structuredClone(cause), folder.file('ledger.db'))).not.toBeInstanceOf(
      LedgerError,
    );
  });

  it('to give a thread more memory is told as such', async () => {
    const worker = new Worker(
      'const all = []; for (;;) all.push(new Array(100_000).fill(Math.random()));',
      { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16 } },
    );
    const [cause] = await once(worker, 'error');
    const [code, message] = told(cause, '/nowhere/ledger.db');
    expect(code).toBe('out-of-memory');
    expect(message).toMatch(/: memory ran out \(.*\)\. No ledger .* where more memory is free\.$/);
  });
});

describe('a failure that caused another one', () => {
  const FULL = new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
  const LEDGER = '/nowhere/ledger.db';

  it('is told with the place that the other one names', () => {
    const place = 'jobs.csv: loading bytes 300 to 600 failed: database or disk is full';
    const outer = new Error(`${place}.`, { cause: new Error('the chunk', { cause: FULL }) });
    const failure = asFailure(outer, LEDGER);
    expect(failure).toMatchObject({ code: 'full', cause: outer });
    expect(String(failure)).toContain(`no room left to write (${place}). `);
  });

  it('is seen behind a failure to clean up', () => {
    const cleaning = new Error('could not clean up');
    const failure = asFailure(new SuppressedError(cleaning, FULL), LEDGER);
    expect(failure).toMatchObject({ code: 'full' });
    expect(String(failure)).toContain('(database or disk is full)');
  });

  it.each([
    ['a ledger that says why itself', new LedgerError('newer', 'newer', { cause: FULL })],
    ['a source', new SourceError('jobs.csv: the disk failed', { cause: FULL })],
    ['a fault', new TypeError('x is not a function')],
    ['nothing known', 'a text'],
  ])('stays as it is where it is %s', (_what, cause) => {
    expect(asFailure(cause, LEDGER)).toBe(cause);
    const outer = new Error('jobs.csv: loading failed', { cause });
    expect(asFailure(outer, LEDGER)).toBe(outer);
  });
});

/** The code and the sentence that a failure is told with. */
function told(cause: unknown, ledger: string): [string, string] {
  const failure = asFailure(cause, ledger);
  if (!(failure instanceof LedgerError)) throw new Error('it is not told', { cause });
  expect(failure.message.startsWith(`${ledger}: `)).toBe(true);
  expect(failure.message).not.toContain('\n');
  return [failure.code, failure.message];
}

/** Writes over the beginning of every page from a place on. */
function damage(path: string, fromOffset: number): void {
  const fd = openSync(path, 'r+');
  const { size } = statSync(path);
  for (let offset = fromOffset; offset < size; offset += PAGE_BYTES) {
    writeSync(fd, 'damage'.repeat(50), offset);
  }
  closeSync(fd);
}

function newLedger(folder: TempFolder): string {
  const path = folder.file('ledger.db');
  closeLedger(openForWriting(path));
  return path;
}

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (cause) {
    return cause;
  }
  throw new Error('nothing was thrown');
}
