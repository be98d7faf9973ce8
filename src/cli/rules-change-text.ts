import type { RulesChange } from '../ledger/sqlite/charge-versions.ts';

/** What an operator must know where a run charges by other rules than the run before. */
export function rulesChangeText({ before, now }: RulesChange, ledger: string): string {
  return (
    `charge rules have changed: jobs are charged by version ${now} from this run on, and those that version ` +
    `${before} has charged keep its charge. What differs: qledger rules diff ${before} ${now} --db ${ledger}; ` +
    `to charge all jobs by the new rules: qledger recharge --db ${ledger}`
  );
}
