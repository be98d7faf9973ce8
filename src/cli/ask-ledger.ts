import type Database from 'better-sqlite3';
import { closeLedger, openForReading } from '../ledger/sqlite/open-ledger.ts';

/** Opens a ledger for one question, which can change nothing. @throws LedgerError where it can't be read. */
export function askLedger<Answer>(
  path: string,
  question: (db: Database.Database) => Answer,
): Answer {
  const db = openForReading(path);
  try {
    return question(db);
  } finally {
    closeLedger(db);
  }
}
