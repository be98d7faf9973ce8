import type Database from 'better-sqlite3';
import { type ContentDigests, digestLedger } from '../ledger/sqlite/ledger-digest.ts';
import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';

export interface LedgerDigest extends ContentDigests {
  readonly ledger: string;
  readonly machine: string | null;
  readonly timeZone: string | null;
  /** Lines that are no jobs; they belong to the files they came in, and are no part of the digest. */
  readonly rejects: number;
  /** Days whose summary lags behind their jobs; 0 in a ledger at rest. */
  readonly staleDays: number;
}

/** The digests of a ledger and what to know beside them, all of the same moment. */
export function ledgerDigest(db: Database.Database): LedgerDigest {
  return db.transaction(() => {
    const owner = ledgerMachine(db);
    return {
      ledger: db.name,
      machine: owner?.machine ?? null,
      timeZone: owner?.timeZone ?? null,
      ...digestLedger(db),
      rejects: rowCount(db, 'rejects'),
      staleDays: rowCount(db, 'stale_days'),
    };
  })();
}

function rowCount(db: Database.Database, table: 'rejects' | 'stale_days'): number {
  return db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
}
