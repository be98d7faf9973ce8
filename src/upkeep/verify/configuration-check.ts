import { ruleSetHash } from '../../charging/rule-set-hash.ts';
import { ledgerMachine } from '../../ledger/sqlite/ledger-machine.ts';
import type { Site } from '../../site/machine.ts';
import { counted } from './counted.ts';
import { jobTextOfRow } from './job-text.ts';
import { MENDS } from './mends.ts';
import type { VerifyCheck } from './verify-check.ts';

/** Whether a ledger is as its configuration would make it. */
export function configurationCheck({ machines, origin }: Site): VerifyCheck {
  return {
    name: 'configuration',
    sound: `zone and charge rules are those of ${origin}`,
    *run(db) {
      const owner = ledgerMachine(db);
      if (owner === null) return;
      const machine = machines.get(owner.machine);
      if (machine === undefined) {
        yield {
          text: `${origin} has no machine ${owner.machine}`,
          mend: `a [machines.${owner.machine}] section in the configuration`,
        };
        return;
      }
      if (machine.timeZone !== owner.timeZone) {
        yield {
          text: `days are cut in ${owner.timeZone}, ${origin} says ${machine.timeZone}`,
          mend: MENDS.rebuild,
        };
      }
      const other = db
        .prepare<[string], { count: number; id: number | null }>(
          `SELECT count(*) AS count, min(job_id) AS id FROM job_charges NOT INDEXED
           WHERE charge_version NOT IN (SELECT version FROM charge_rule_sets WHERE hash = ?)`,
        )
        .get(ruleSetHash(machine.charging));
      if (other === undefined || other.id === null) return;
      yield {
        text:
          `${counted(other.count, 'charge is', 'charges are')} by other rules than those of ${origin}, ` +
          `such as that of ${jobTextOfRow(db, other.id)}`,
        mend: MENDS.recharge,
      };
    },
  };
}
