import { statSync } from 'node:fs';
import { LedgerError } from '../src/ledger/ledger-error.ts';
import { fileIdentity } from '../src/ledger/sqlite/file-identity.ts';
import { ledgerMachine } from '../src/ledger/sqlite/ledger-machine.ts';
import { closeLedger, openForReading } from '../src/ledger/sqlite/open-ledger.ts';
import { type RuleSetHistory, ruleSetHistory } from '../src/ledger/sqlite/rule-set-history.ts';
import { summaryNotes } from '../src/reports/summary-notes.ts';
import type { Machine } from '../src/site/machine.ts';

/** What a rebuild must know of the ledger that is in service meanwhile. */
export interface OldLedger {
  readonly path: string;
  readonly identity: string | undefined;
  readonly ruleSets: RuleSetHistory;
  /** What a reader of its figures must know. */
  readonly notes: readonly string[];
}

/**
 * Looks at the ledger that is to be replaced. Its time zone may be another: a rebuild is how that is changed.
 * @returns null where there is none, or an empty file.
 * @throws LedgerError where it is no ledger or another machine's.
 */
export function oldLedger(path: string, machine: Machine): OldLedger | null {
  const identity = fileIdentity(path);
  if (identity === undefined || statSync(path).size === 0) return null;
  const db = openForReading(path);
  try {
    const owner = ledgerMachine(db);
    if (owner !== null && owner.machine !== machine.name) {
      throw new LedgerError(
        'other-machine',
        `${path}: this is the ledger of ${owner.machine}, not of ${machine.name}. Nothing was changed; a ` +
          'ledger holds one machine, name another file with --db.',
      );
    }
    return { path, identity, ruleSets: ruleSetHistory(db), notes: summaryNotes(db) };
  } finally {
    closeLedger(db);
  }
}

/** Whether what is at the path now is the ledger that was looked at. */
export function isStillThere({ identity }: OldLedger, path: string): boolean {
  return fileIdentity(path) === identity;
}
