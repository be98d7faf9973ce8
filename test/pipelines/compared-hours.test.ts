import { describe, expect, it } from 'vitest';
import { comparedHours } from '../../pipelines/compared-hours.ts';
import { migrate } from '../../pipelines/migrate.ts';
import { openOld } from '../../pipelines/old-database.ts';
import { zoneTable } from '../../src/site/zone-table.ts';
import { makeOldDatabase, OLD_ROW } from '../support/old-databases.ts';
import { presetMachine } from '../support/preset-machine.ts';
import { alterDatabase } from '../support/query-ledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

describe('hours before and after', () => {
  it('are compared of every job, whatever its id', async () => {
    using folder = new TempFolder();
    const rows = ['1.s', '2.s', '3.s'].map((job_id) => ({ ...OLD_ROW, job_id }));
    const oldPath = makeOldDatabase(folder.file('old.db'), 'old-normalised', rows);
    const ledgerPath = folder.file('new.db');
    const machine = presetMachine('derecho');
    const how = { allowDifferences: false, queryRounds: 0, version: '0.0.0-test' };
    await migrate({ oldPath, ledgerPath, machine, readers: { threads: 1 }, ...how });
    alterDatabase(
      ledgerPath,
      `PRAGMA foreign_keys = OFF;
       UPDATE jobs SET id = id + 60000;
       UPDATE job_charges SET job_id = job_id + 60000, cpu_hours = cpu_hours + (job_id = 3)`,
    );
    using old = openOld(oldPath);
    const siteZone = zoneTable(machine.timeZone);
    const compared = await comparedHours(
      { machine, siteZone, sourceZone: zoneTable('UTC') },
      { threads: 1 },
      { ledgerPath, oldPath, hours: old.schema.hours },
    );
    expect(compared?.queues).toMatchObject([{ queue: 'cpu', jobs: 3, differing: 1 }]);
    expect(compared?.examples).toMatchObject([{ jobId: '3.s', measure: 'cpu_hours' }]);
  });
});
