import type Database from 'better-sqlite3';
import { fileIdentity } from '../ledger/sqlite/file-identity.ts';
import { closeLedger, openForReading } from '../ledger/sqlite/open-ledger.ts';

/** A file system that gives a file another number each time would let it go on for ever. */
const MOST_TIMES = 3;

/**
 * Opens a ledger for one question, which can change nothing. Where a rebuild has replaced the ledger before it was
 * answered, it is asked again: who has the old file open takes the log of the next ingest, which stands beside the
 * name, for the old file's, and reads a mixture.
 * @param onAgain called before that; for a question that does more than to answer.
 * @throws LedgerError where it can't be read.
 */
export function askLedger<Answer>(
  path: string,
  question: (db: Database.Database) => Answer,
  onAgain: () => void = () => {},
): Answer {
  for (let times = 1; ; times++) {
    const asked = fileIdentity(path);
    const isReplaced = (): boolean => {
      const now = fileIdentity(path);
      return times < MOST_TIMES && now !== undefined && now !== asked;
    };
    try {
      const answer = askOnce(path, question);
      if (!isReplaced()) return answer;
    } catch (failure) {
      if (!isReplaced()) throw failure;
    }
    onAgain();
  }
}

function askOnce<Answer>(path: string, question: (db: Database.Database) => Answer): Answer {
  const db = openForReading(path);
  try {
    return question(db);
  } finally {
    closeLedger(db);
  }
}
