import Database from 'better-sqlite3';
import type { VerifyOptions } from '../../../src/upkeep/verify/verify-check.ts';
import { type VerifyResult, verifyLedger } from '../../../src/upkeep/verify/verify-ledger.ts';

/** Looks a ledger through that may be too damaged for qledger to open it. */
export function verified(path: string, options: Partial<VerifyOptions> = {}): VerifyResult {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return verifyLedger(db, { charges: 'all', quick: false, ...options });
  } finally {
    db.close();
  }
}

/** All that was found, each with the name of its check before it. */
export function problemsOf(path: string, options: Partial<VerifyOptions> = {}): string[] {
  return verified(path, options).checks.flatMap(({ name, problems }) =>
    problems.map((problem) => `${name}: ${problem}`),
  );
}
