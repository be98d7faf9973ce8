import Database from 'better-sqlite3';
import { checksFor } from './checks.ts';
import { MENDS } from './mends.ts';
import type { Problem, VerifyCheck, VerifyOptions } from './verify-check.ts';

export interface CheckedPart {
  readonly name: string;
  /** Empty where all is sound; each is a sentence with one example and without its full stop. */
  readonly problems: readonly string[];
  /** What mends them, a command or SQL; null where there is nothing to mend. */
  readonly mend: string | null;
}

export interface VerifyResult {
  readonly checks: readonly CheckedPart[];
}

/**
 * Whether a ledger is sound: every check, on the ledger as it is at one moment. A check that can't be done,
 * as in a damaged file, has that as its problem, and the others are still done.
 * @param onCheck is told of each check when it is done.
 * @throws what is no finding: that the ledger is locked, or that memory ran out.
 */
export function verifyLedger(
  db: Database.Database,
  options: VerifyOptions,
  onCheck?: (part: CheckedPart, check: VerifyCheck) => void,
): VerifyResult {
  const ownTransaction = !db.inTransaction;
  if (ownTransaction) db.exec('BEGIN');
  try {
    const checks = checksFor(options).map((check) => {
      const part = checkedPart(check.name, problemsOf(check, db, options));
      onCheck?.(part, check);
      return part;
    });
    return { checks };
  } finally {
    // An error of the disk may have ended it.
    if (ownTransaction && db.inTransaction) db.exec('ROLLBACK');
  }
}

export function checkedPart(name: string, problems: readonly Problem[]): CheckedPart {
  const mends = [...new Set(problems.map(({ mend }) => mend))];
  return {
    name,
    problems: problems.map(({ text }) => text),
    mend: mends.length === 0 ? null : mends.join('; '),
  };
}

function problemsOf(
  check: VerifyCheck,
  db: Database.Database,
  options: VerifyOptions,
): readonly Problem[] {
  const problems: Problem[] = [];
  try {
    for (const problem of check.run(db, options)) problems.push(problem);
  } catch (cause) {
    // Nobody foresees all that a damaged file holds, so that anything but these is a finding.
    if (isNoFinding(cause)) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    const isSchema = cause instanceof Database.SqliteError && cause.code === 'SQLITE_ERROR';
    problems.push({
      text: `could not be looked through: ${why}`,
      mend: isSchema ? MENDS.schema : MENDS.restore,
    });
  }
  return problems;
}

function isNoFinding(cause: unknown): boolean {
  return (
    cause instanceof Database.SqliteError &&
    /^SQLITE_(BUSY|LOCKED|NOMEM|INTERRUPT|IOERR_NOMEM)/.test(cause.code)
  );
}
