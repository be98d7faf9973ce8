import { utcOffsetCase } from '../peers/utc-offset-case.ts';
import { NEW_RULES_SQL } from './new-rules.ts';
import { openLedgerAsPeer } from './open-ledger-as-peer.ts';

/** All charges by one statement, and where it is asked for all of the summary by another one. */
const [path, what] = process.argv.slice(2);
const db = openLedgerAsPeer(path);
db.exec(`
  INSERT INTO job_charges
  SELECT id, coalesce(cpu, 0.0), coalesce(gpu, 0.0), coalesce(memory, 0.0), factor, 2,
    (cpu IS NULL) + 2 * (gpu IS NULL) + 4 * (memory IS NULL)
  FROM (SELECT j.id, ${NEW_RULES_SQL} FROM jobs j NOT INDEXED JOIN queues q ON q.id = j.queue_id)
  WHERE true
  ON CONFLICT (job_id) DO UPDATE SET
    cpu_hours = excluded.cpu_hours, gpu_hours = excluded.gpu_hours,
    memory_hours = excluded.memory_hours, qos_factor = excluded.qos_factor,
    charge_version = excluded.charge_version, incomplete = excluded.incomplete`);
if (what === 'summary') {
  db.exec(`
    BEGIN;
    DELETE FROM daily_summary;
    INSERT INTO daily_summary
    SELECT date(day * 86400, 'unixepoch'), user_id, account_id, queue_id, count(*),
      sum(cpu_hours), sum(gpu_hours), sum(memory_hours),
      sum(cpu_hours * qos_factor), sum(gpu_hours * qos_factor), sum(memory_hours * qos_factor)
    FROM (SELECT (j."end" + ${utcOffsetCase('j."end"')}) / 86400 AS day, j.user_id, j.account_id, j.queue_id, c.*
      FROM jobs j NOT INDEXED CROSS JOIN job_charges c ON c.job_id = j.id)
    GROUP BY day, user_id, account_id, queue_id;
    COMMIT`);
}
db.pragma('journal_mode = DELETE');
db.close();
