import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { closeLedger, openForReading } from '../src/ledger/sqlite/open-ledger.ts';
import { type KnownFile, SourceFiles } from '../src/ledger/sqlite/source-files.ts';

/** Looks paths up in the journal of a ledger; of one that is not there nothing is known. */
export function knownFiles(
  ledgerPath: string,
  paths: readonly string[],
): (path: string) => KnownFile | undefined {
  const size = statSync(ledgerPath, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return () => undefined;
  const db = openForReading(ledgerPath);
  try {
    const journal = new SourceFiles(db);
    const known = new Map(paths.map((path) => [path, journal.find(resolve(path))]));
    return (path) => known.get(path);
  } finally {
    closeLedger(db);
  }
}
