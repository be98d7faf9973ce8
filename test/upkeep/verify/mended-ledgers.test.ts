import { describe, expect, it } from 'vitest';
import { rebuildSummary } from '../../../pipelines/rebuild-summary.ts';
import { recharge } from '../../../pipelines/recharge.ts';
import { presetMachine } from '../../support/preset-machine.ts';
import { alterDatabase } from '../../support/query-ledger.ts';
import { TempFolder } from '../../support/temp-folder.ts';
import { damageInSql, loseIndexEntry } from './damage-ledger.ts';
import { ledgerBytes } from './ledger-bytes.ts';
import { problemsOf, verified } from './verified-ledger.ts';

const DAMAGES: readonly (readonly [string, string | ((path: string) => void)])[] = [
  ['a charge that is missing', 'DELETE FROM job_charges WHERE job_id = 9'],
  ['a charge without its job', 'INSERT INTO job_charges VALUES (9999, 1, 0, 0, 1, 1, 0)'],
  ['names without jobs', "INSERT INTO users (username) VALUES ('nobody')"],
  ['an index that is dropped', 'DROP INDEX ux_jobs_job_id_submit'],
  [
    'an index that is not unique any more',
    `DROP INDEX ux_jobs_job_id_submit;
     CREATE INDEX ux_jobs_job_id_submit ON jobs(job_id, submit)`,
  ],
  ['an index that lacks an entry', (path) => loseIndexEntry(path, 'ix_jobs_queue_end', 8)],
  ['a view that is dropped', 'DROP VIEW v_jobs_charged'],
  ['a trigger', 'CREATE TRIGGER watch AFTER INSERT ON jobs BEGIN DELETE FROM stale_days; END'],
  ['statistics that are gone', 'DROP TABLE sqlite_stat1'],
  ['a stale day', "INSERT INTO stale_days VALUES ('2026-01-16')"],
  [
    'a summary that is wrong',
    `UPDATE daily_summary SET cpu_hours = 1 WHERE date = '2026-01-15';
     DELETE FROM daily_summary WHERE date = '2026-01-16';
     INSERT INTO daily_summary VALUES ('2025-06-01', 1, 1, 1, 3, 1, 0, 0, 1, 0, 0);
     INSERT INTO daily_summary VALUES ('2026-1-5', 1, 1, 1, 3, 1, 0, 0, 1, 0, 0)`,
  ],
  ['hours that are wrong', 'UPDATE job_charges SET cpu_hours = -1 WHERE job_id < 50'],
  ['a QoS factor that is wrong', 'UPDATE job_charges SET qos_factor = 1.25 WHERE job_id = 9'],
  ['a QoS factor of today that is wrong', 'UPDATE job_qos SET factor = 3'],
  ['charge rules that are unknown', 'UPDATE job_charges SET charge_version = 7 WHERE job_id = 9'],
];

const SOUND = await ledgerBytes(100);

describe('what verify says mends a ledger', () => {
  it.each(DAMAGES)('mends %s', async (_what, by) => {
    using folder = new TempFolder();
    const path = folder.write('damaged.db', SOUND);
    if (typeof by === 'string') damageInSql(path, by);
    else by(path);
    expect(problemsOf(path)).not.toEqual([]);
    // From the top down, as people would: what comes first may be the cause of what follows.
    for (let step = 0; step < 5; step++) {
      const mend = verified(path).checks.find(({ mend }) => mend !== null)?.mend;
      if (mend === undefined || mend === null) break;
      await doWhatItSays(path, mend);
    }
    expect(problemsOf(path)).toEqual([]);
  });
});

async function doWhatItSays(path: string, mend: string): Promise<void> {
  const request = {
    ledgerPath: path,
    machine: presetMachine('derecho'),
    workers: { threads: 1 },
    version: '0.0.0-test',
  };
  for (const part of mend.split(/; (?=in SQL: |then qledger|qledger )/)) {
    if (part.startsWith('in SQL: ')) alterDatabase(path, part.slice('in SQL: '.length));
    else if (/^(then )?qledger recharge$/.test(part)) await recharge(request);
    else if (part === 'qledger recharge --summary-only') await rebuildSummary(request);
    else throw new Error(`how to do this? ${part}`);
  }
}
