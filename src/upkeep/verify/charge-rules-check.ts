import { counted } from './counted.ts';
import { jobTextOfRow } from './job-text.ts';
import { inSql, MENDS } from './mends.ts';
import { storedChargings } from './stored-charging.ts';
import type { VerifyCheck } from './verify-check.ts';

export const chargeRulesCheck: VerifyCheck = {
  name: 'charge-rules',
  sound: 'the rules of every charge are known, and as they were stored',
  *run(db) {
    for (const { version, charging } of storedChargings(db).values()) {
      if (charging !== null) continue;
      yield {
        text: `the charge rules of version ${version} are not those that their hash was made of`,
        mend: inSql(
          `UPDATE charge_rule_sets SET rules = <those of a backup> WHERE version = ${version}`,
        ),
      };
    }
    const unknown = db
      .prepare<[], { count: number; id: number | null; version: number }>(
        `SELECT count(*) AS count, min(job_id) AS id, charge_version AS version
         FROM job_charges NOT INDEXED
         WHERE charge_version NOT IN (SELECT version FROM charge_rule_sets)`,
      )
      .get();
    if (unknown === undefined || unknown.id === null) return;
    yield {
      text:
        `${counted(unknown.count, 'charge is', 'charges are')} by rules that are not there, ` +
        `such as version ${unknown.version} of ${jobTextOfRow(db, unknown.id)}`,
      mend: MENDS.recharge,
    };
  },
};
