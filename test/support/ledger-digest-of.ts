import { type ContentDigests, digestLedger } from '../../src/ledger/sqlite/ledger-digest.ts';
import { closeLedger, openForReading } from '../../src/ledger/sqlite/open-ledger.ts';

/** What a ledger holds, however it came about. */
export function ledgerDigestOf(path: string): ContentDigests {
  const db = openForReading(path);
  try {
    return digestLedger(db);
  } finally {
    closeLedger(db);
  }
}
