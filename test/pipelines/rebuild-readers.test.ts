import { readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../support/failure-of.ts';
import { alterDatabase, queryColumn } from '../support/query-ledger.ts';
import { rebuildFromFiles } from '../support/rebuild-files.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { backups, grownLedger, otherNames } from './grown-ledger.ts';

describe('who has the old ledger open', () => {
  it('goes on with it, and who opens it after the swap has the new one', async () => {
    using folder = new TempFolder();
    const { ledger, files } = await grownLedger(folder);
    const reader = new Database(ledger, { readonly: true });
    const commands = reader.prepare('SELECT count(*) FROM runs').pluck();
    expect(commands.get()).toBe(2);
    await rebuildFromFiles(ledger, files);
    expect(commands.get()).toBe(2);
    reader.close();
    expect(queryColumn(ledger, 'SELECT count(*) FROM runs')).toEqual([1]);
  });

  it('with its log keeps it in service until it lets go', async () => {
    using folder = new TempFolder();
    const { ledger, files } = await grownLedger(folder);
    const reader = readerWithLog(ledger);
    const failure = await failureOf(rebuildFromFiles(ledger, files));
    expect(failure).toMatchObject({ code: 'busy' });
    expect(failure.message).toContain('Nothing was changed. Close that program');
    expect(backups(folder)).toEqual([]);
    expect(reader.prepare('SELECT count(*) FROM runs').pluck().get()).toBe(2);
    reader.close();
    expect((await rebuildFromFiles(ledger, files)).outcome).toBe('in service');
  });

  it('is not mistaken for who was killed: a log that is left is folded into the backup', async () => {
    using folder = new TempFolder();
    const { ledger, files } = await grownLedger(folder);
    await rebuildFromFiles(ledger, files);
    leaveLog(ledger, "UPDATE runs SET error = 'in the log'");
    const { backup } = await rebuildFromFiles(ledger, files);
    expect(queryColumn(String(backup), 'SELECT error FROM runs')).toEqual(['in the log']);
    expect(queryColumn(ledger, 'SELECT error FROM runs')).toEqual([null]);
    expect(otherNames(folder)).toEqual(['ledger.db', 'night1.csv', 'night2.csv.gz']);
  });
});

/** As one that was opened while an ingest was at work and is still there. */
function readerWithLog(ledger: string): Database.Database {
  alterDatabase(ledger, 'PRAGMA journal_mode = WAL');
  const reader = new Database(ledger, { readonly: true });
  reader.prepare('SELECT count(*) FROM jobs').get();
  return reader;
}

/** Leaves what a writer leaves that is killed between its last transaction and the next checkpoint. */
function leaveLog(ledger: string, sql: string): void {
  const writer = new Database(ledger);
  writer.pragma('journal_mode = WAL');
  writer.pragma('wal_autocheckpoint = 0');
  writer.exec(sql);
  const log = readFileSync(`${ledger}-wal`);
  const file = readFileSync(ledger);
  writer.close();
  writeFileSync(ledger, file);
  writeFileSync(`${ledger}-wal`, log);
}
