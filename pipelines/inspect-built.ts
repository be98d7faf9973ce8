import Database from 'better-sqlite3';
import { LedgerError } from '../src/ledger/ledger-error.ts';
import { closeLedger, openForReading } from '../src/ledger/sqlite/open-ledger.ts';
import { compareWithOld, type LedgerComparison } from '../src/reports/ledger-comparison.ts';
import { type LedgerTotals, ledgerTotals } from '../src/reports/ledger-totals.ts';
import { type RejectGroup, rejectsByCode } from '../src/reports/rejects-by-code.ts';
import { summaryNotes } from '../src/reports/summary-notes.ts';
import { verifyLedger } from '../src/upkeep/verify/verify-ledger.ts';
import type { OldLedger } from './old-ledger.ts';

/** A built ledger that has passed its checks, and how it compares with the one in service. */
export interface BuiltLedger {
  /** Names of the checks that it has passed. */
  readonly checks: readonly string[];
  /** Null where there is no other ledger, or it can't be read. */
  readonly comparison: LedgerComparison | null;
  /** Why there is no comparison although there is another ledger. */
  readonly incomparable: string | null;
  readonly ledgerTotals: LedgerTotals;
  readonly rejects: readonly RejectGroup[];
  /** What to know of its figures. */
  readonly notes: readonly string[];
}

/** So many charges are worked out once more; all of them were worked out a moment ago by the same code. */
const CHARGES_CHECKED = 10_000;
const PROBLEMS_TOLD = 3;

/**
 * Checks a built ledger as `verify` does, and compares it with the one in service.
 * @throws LedgerError `corrupt` where it does not pass.
 */
export function inspectBuilt(
  path: string,
  runId: number,
  old: OldLedger | null,
  onStep: (step: string) => void,
): BuiltLedger {
  const db = openForReading(path);
  try {
    onStep('checking the new ledger');
    const checks = check(db);
    if (old !== null) onStep('comparing it with the old one');
    return {
      checks,
      ...(old === null ? { comparison: null, incomparable: null } : compare(db, old)),
      ledgerTotals: ledgerTotals(db),
      rejects: rejectsByCode(db, runId),
      notes: summaryNotes(db),
    };
  } finally {
    closeLedger(db);
  }
}

function check(db: Database.Database): string[] {
  const { checks } = verifyLedger(db, { charges: CHARGES_CHECKED, quick: false });
  const problems = checks.flatMap(({ name, problems }) =>
    problems.map((problem) => `${name}: ${problem}`),
  );
  if (problems.length === 0) return checks.map(({ name }) => name);
  throw new LedgerError(
    'corrupt',
    `the new ledger did not pass its checks, so it was not put into service: ` +
      `${problems.slice(0, PROBLEMS_TOLD).join('; ')}. The old ledger, if there is one, is as it was. This is a ` +
      'fault of qledger or of the disk; look into the system log, and report it.',
  );
}

/** An old ledger that is damaged is what a rebuild may be wanted for. */
function compare(
  db: Database.Database,
  { path }: OldLedger,
): Pick<BuiltLedger, 'comparison' | 'incomparable'> {
  try {
    return { comparison: compareWithOld(db, path), incomparable: null };
  } catch (cause) {
    const isDamaged =
      cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_CORRUPT');
    if (!isDamaged) throw cause;
    return { comparison: null, incomparable: `the old ledger is damaged (${cause.message})` };
  }
}
