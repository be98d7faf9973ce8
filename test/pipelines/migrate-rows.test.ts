import { describe, expect, it } from 'vitest';
import { retryRejects } from '../../pipelines/retry-rejects.ts';
import { ledgerJobs, ledgerRejects } from '../support/ledger-content.ts';
import { migrated } from '../support/migrated.ts';
import { makeOldDatabase, OLD_ROW, oldRows } from '../support/old-databases.ts';
import { presetMachine } from '../support/preset-machine.ts';
import { alterDatabase, queryColumn, queryLedger } from '../support/query-ledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

describe('the rows of an old database', () => {
  it('that can not be jobs become rejects, with their values as JSON under their row id', async () => {
    using folder = new TempFolder();
    const rows = oldRows(
      {},
      { end: '2026-02-30 12:00:00.000000' },
      { submit: null },
      { user: null },
      { job_id: 'none' },
      { end: '2026-01-31 19:00:00.000000', start: null },
      { elapsed: -5 },
      { name: 'a\tb' },
      { memory: 'much' },
      { queue: Buffer.from([0xff]) },
      {},
    );
    const old = makeOldDatabase(folder.file('old.db'), 'old-denormalised', rows);
    const { counts, rejects } = await migrated(old, folder.file('new.db'));
    expect(counts).toMatchObject({ lines: 11, jobs: 2, rejects: 9 });
    expect(rejects.reduce((sum, { count }) => sum + count, 0)).toBe(9);
    const kept = ledgerRejects(folder.file('new.db'));
    expect(kept.map(({ line, code }) => [line, code])).toEqual([
      [2, 'bad-time'],
      [3, 'missing-value'],
      [4, 'missing-value'],
      [5, 'bad-job-id'],
      [6, 'end-before-start'],
      [7, 'bad-number'],
      [8, 'control-character'],
      [9, 'bad-number'],
      [10, 'bad-encoding'],
    ]);
    expect(kept[0]).toMatchObject({
      byte_offset: 2,
      reason: '"end" is "2026-02-30 12:00:00.000000", not a time such as 2026-01-31 23:59:59',
    });
    expect(JSON.parse(String(kept[0].raw_text))).toMatchObject({
      rowid: 2,
      job_id: '101.desched1',
      end: '2026-02-30 12:00:00.000000',
      memory: OLD_ROW.memory,
    });
  });

  it('that are rejects stay what they are when rejects are read again', async () => {
    using folder = new TempFolder();
    const rows = oldRows({}, { submit: 'long ago' });
    const old = makeOldDatabase(folder.file('old.db'), 'old-denormalised', rows);
    await migrated(old, folder.file('new.db'));
    const before = ledgerRejects(folder.file('new.db'));
    const retried = await retryRejects({
      ledgerPath: folder.file('new.db'),
      machine: presetMachine('derecho'),
      readAs: { timeUnit: 'h' },
      waitSeconds: 0,
      version: '0.0.0-test',
    });
    expect(retried).toMatchObject({ tried: 1, jobs: 0, rejects: 1 });
    expect(ledgerRejects(folder.file('new.db'))).toEqual(before);
  });

  it('may have numbers as text and times in other forms', async () => {
    using folder = new TempFolder();
    const odd = { elapsed: '02:00:00', memory: '1gb', cpupercent: 99.6, avgcpu: '1.5e1' };
    const old = makeOldDatabase(
      folder.file('old.db'),
      'old-denormalised',
      oldRows(
        { ...odd, end: '2026-01-31T23:00:30Z' },
        { ...odd, end: '2026-01-31 16:00:30-07:00' },
        { ...odd, end: Date.UTC(2026, 0, 31, 23, 0, 30) / 1000 },
        { ...odd, end: '2026-01-31 23:00:30' },
      ),
    );
    await migrated(old, folder.file('new.db'), { allowDifferences: true });
    expect(
      queryLedger(
        folder.file('new.db'),
        'SELECT DISTINCT "end", elapsed, memory, cpupercent, avgcpu FROM jobs',
      ),
    ).toEqual([
      {
        end: Date.UTC(2026, 0, 31, 23, 0, 30) / 1000,
        elapsed: 7200,
        memory: 2 ** 30,
        cpupercent: 100,
        avgcpu: 15,
      },
    ]);
  });

  it('that are the same job twice are counted, and the first stays', async () => {
    using folder = new TempFolder();
    const id = { job_id: '7.desched1' };
    const rows = oldRows(
      { ...id, name: 'first' },
      { ...id, submit: '2026-01-31T20:00:00', name: 'second' },
    );
    const old = makeOldDatabase(folder.file('old.db'), 'old-denormalised', rows);
    const { counts } = await migrated(old, folder.file('new.db'));
    expect(counts).toMatchObject({ lines: 2, jobs: 1, duplicates: 1 });
    expect(queryColumn(folder.file('new.db'), 'SELECT name FROM jobs')).toEqual(['first']);
  });

  it('have times in the zone that is named', async () => {
    using folder = new TempFolder();
    const old = makeOldDatabase(folder.file('old.db'), 'old-denormalised', [OLD_ROW]);
    await migrated(old, folder.file('new.db'), { sourceZone: 'America/Denver' });
    expect(queryColumn(folder.file('new.db'), 'SELECT "end" FROM jobs')).toEqual([
      Date.UTC(2026, 1, 1, 6, 0, 30) / 1000,
    ]);
  });

  it('are all found whatever their row ids, in pieces of any size', async () => {
    using folder = new TempFolder();
    const old = makeOldDatabase(
      folder.file('old.db'),
      'old-normalised',
      oldRows(...Array(50).fill({})),
    );
    alterDatabase(
      old,
      `PRAGMA foreign_keys = OFF;
       DELETE FROM jobs WHERE id BETWEEN 11 AND 30;
       UPDATE jobs SET id = id + 4000000000000 WHERE id > 40;
       UPDATE job_charges SET job_id = job_id + 4000000000000 WHERE job_id > 40;
       UPDATE jobs SET id = -3 WHERE id = 5;
       UPDATE job_charges SET job_id = -3 WHERE job_id = 5;`,
    );
    const { hours } = await migrated(old, folder.file('whole.db'));
    expect(hours?.queues).toMatchObject([{ jobs: 30, missing: 0, differing: 0 }]);
    await migrated(old, folder.file('pieces.db'), { rowsAtOnce: 3, readers: { threads: 2 } });
    expect(ledgerJobs(folder.file('pieces.db'))).toEqual(ledgerJobs(folder.file('whole.db')));
    expect(queryColumn(folder.file('pieces.db'), 'PRAGMA integrity_check')).toEqual(['ok']);
  });
});
