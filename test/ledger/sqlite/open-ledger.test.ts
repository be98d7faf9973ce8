import { copyFileSync, existsSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { LedgerError } from '../../../src/ledger/ledger-error.ts';
import {
  closeLedger,
  openForReading,
  openForWriting,
  schemaVersion,
} from '../../../src/ledger/sqlite/open-ledger.ts';
import { alterDatabase, queryColumn } from '../../support/query-ledger.ts';
import { TempFolder } from '../../support/temp-folder.ts';
import { withoutWriteAccess } from '../../support/without-write-access.ts';

describe('openForWriting', () => {
  it('makes a ledger, and the folders to it', () => {
    using folder = new TempFolder();
    const path = folder.file('a/b/ledger.db');
    const db = openForWriting(path);
    expect(schemaVersion(db)).toBe(1);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    closeLedger(db);
    expect(queryColumn(path, "SELECT name FROM sqlite_schema WHERE name = 'jobs'")).toEqual([
      'jobs',
    ]);
  });

  it('opens a ledger that is there with all that is in it', () => {
    using folder = new TempFolder();
    const path = folder.file('ledger.db');
    closeLedger(openForWriting(path));
    alterDatabase(path, "INSERT INTO users VALUES (1, 'ada')");
    closeLedger(openForWriting(path));
    expect(queryColumn(path, 'SELECT username FROM users')).toEqual(['ada']);
  });

  it('marks its files, so that they are known as ledgers', () => {
    using folder = new TempFolder();
    const path = folder.file('ledger.db');
    closeLedger(openForWriting(path));
    expect(queryColumn(path, 'PRAGMA application_id')).toEqual([
      Buffer.from('qldg').readUInt32BE(),
    ]);
  });
});

describe('openForReading', () => {
  it('says how to make a ledger that is missing, and makes none', () => {
    using folder = new TempFolder();
    const path = folder.file('data/ledger.db');
    expect(refusalOf(() => openForReading(path))).toMatchObject({
      code: 'missing',
      message: `${path}: there is no ledger. Make one with: qledger ingest <file...> --machine <name>`,
    });
    expect(existsSync(folder.file('data'))).toBe(false);
  });

  it('can change nothing', () => {
    using folder = new TempFolder();
    const path = folder.file('ledger.db');
    closeLedger(openForWriting(path));
    const db = openForReading(path);
    expect(() => db.exec("INSERT INTO users VALUES (1, 'ada')")).toThrow(/readonly/);
    closeLedger(db);
  });

  it('leaves nothing beside the ledger', () => {
    using folder = new TempFolder();
    const path = folder.file('ledger.db');
    closeLedger(openForWriting(path));
    closeLedger(openForReading(path));
    expect(folder.names()).toEqual(['ledger.db']);
  });

  it('reads for those who may not write where the ledger is', () => {
    using folder = new TempFolder();
    const path = folder.file('ledger.db');
    closeLedger(openForWriting(path));
    alterDatabase(path, "INSERT INTO users VALUES (1, 'ada')");
    const users = withoutWriteAccess(folder.path, () => {
      const db = openForReading(path);
      const names = db.prepare('SELECT username FROM users').pluck().all();
      closeLedger(db);
      return names;
    });
    expect(users).toEqual(['ada']);
  });

  it('undoes what a killed writer has left half done', () => {
    using folder = new TempFolder();
    const path = halfDoneLedger(folder);
    const db = openForReading(path);
    const names = db.prepare('SELECT DISTINCT substr(username, 1, 4) FROM users').pluck().all();
    closeLedger(db);
    expect(names).toEqual(['user']);
    expect(folder.names()).toEqual(['ledger.db']);
    expect(queryColumn(path, 'PRAGMA integrity_check')).toEqual(['ok']);
  });

  it('says who can undo that where it may not', () => {
    using folder = new TempFolder();
    const path = halfDoneLedger(folder);
    withoutWriteAccess(folder.path, () => {
      expect(refusalOf(() => openForReading(path))).toMatchObject({
        code: 'read-only',
        message: expect.stringMatching(
          /ledger\.db: a writer was killed in the midst of a change, /,
        ),
      });
    });
  });

  it('undoes nothing for another program', () => {
    using folder = new TempFolder();
    const path = halfDoneLedger(folder, 1);
    refusalOf(() => openForReading(path));
    expect(folder.names()).toEqual(['ledger.db', 'ledger.db-journal']);
  });

  it('asks for an ingest where the schema is older', () => {
    using folder = new TempFolder();
    const path = folder.file('ledger.db');
    closeLedger(openForWriting(path));
    alterDatabase(path, 'PRAGMA user_version = 0');
    expect(refusalOf(() => openForReading(path))).toMatchObject({
      code: 'outdated',
      message:
        `${path}: its schema is version 0, this qledger reads 1. ` +
        'The next ingest brings it up to date.',
    });
  });
});

describe.each([
  ['openForReading', openForReading],
  ['openForWriting', openForWriting],
])('%s', (_name, open) => {
  it.each([
    ['another database', 'foreign', 'CREATE TABLE jobs (id)'],
    [
      'a ledger of a newer qledger',
      'newer',
      'PRAGMA application_id = 0x716c6467; PRAGMA user_version = 9; CREATE TABLE x (id)',
    ],
  ])('refuses %s', (_what, code, sql) => {
    using folder = new TempFolder();
    const path = folder.file('theirs.db');
    alterDatabase(path, sql);
    const refusal = refusalOf(() => open(path));
    expect(refusal).toMatchObject({ code });
    expect(refusal.message).toMatch(new RegExp(`^${path}: .*Nothing was changed`));
    expect(refusal.message).not.toContain('\n');
  });

  it('refuses what is no database', () => {
    using folder = new TempFolder();
    const path = folder.write('notes.txt', 'hello\n');
    expect(refusalOf(() => open(path))).toMatchObject({
      code: 'foreign',
      message: `${path}: not a database at all. Nothing was changed; name another file with --db.`,
    });
  });

  it('lets go of a database that it refuses', () => {
    using folder = new TempFolder();
    const path = folder.file('theirs.db');
    const owner = new Database(path);
    owner.pragma('journal_mode = WAL');
    owner.exec('CREATE TABLE x (id)');
    owner.close();
    refusalOf(() => open(path));
    // Only the last connection can leave WAL mode.
    const last = new Database(path, { timeout: 0 });
    expect(last.pragma('journal_mode = DELETE', { simple: true })).toBe('delete');
    last.close();
  });
});

/** As a writer leaves it that is killed while a change of many pages goes into the file. */
function halfDoneLedger(folder: TempFolder, applicationId?: number): string {
  const [path, whole] = ['ledger.db', 'whole.db'].map((name) => folder.file(name));
  closeLedger(openForWriting(whole));
  if (applicationId !== undefined) alterDatabase(whole, `PRAGMA application_id = ${applicationId}`);
  const writer = new Database(whole);
  writer.pragma('cache_size = 5');
  const add = writer.prepare('INSERT INTO users (username) VALUES (?)');
  const addAll = writer.transaction(() => {
    for (let i = 0; i < 500; i++) add.run(`user${i}${'.'.repeat(200)}`);
  });
  addAll();
  writer.exec('BEGIN; UPDATE users SET username = hex(randomblob(200))');
  for (const ending of ['', '-journal']) copyFileSync(`${whole}${ending}`, `${path}${ending}`);
  writer.close();
  rmSync(whole);
  return path;
}

function refusalOf(open: () => unknown): LedgerError {
  try {
    open();
  } catch (refusal) {
    if (refusal instanceof LedgerError) return refusal;
    throw refusal;
  }
  throw new Error('it was opened');
}
