import { LedgerError } from '../src/ledger/ledger-error.ts';
import { fileIdentity } from '../src/ledger/sqlite/file-identity.ts';
import { Interruption } from './interruption.ts';

/**
 * Reads a ledger for a while without keeping writers out. Who has its file open while a rebuild replaces it, and
 * the next ingest writes, reads a mixture: what comes of that, answer or failure, is not passed on.
 * @throws LedgerError `busy` where the ledger was replaced meanwhile.
 */
export async function unlessReplaced<Result>(
  ledgerPath: string,
  read: () => Promise<Result>,
): Promise<Result> {
  const before = fileIdentity(ledgerPath);
  const check = (): void => {
    const now = fileIdentity(ledgerPath);
    if (before === undefined || now === undefined || now === before) return;
    throw new LedgerError(
      'busy',
      `${ledgerPath}: it was replaced while it was read, as by a rebuild. Nothing was changed; run the same ` +
        'command again.',
    );
  };
  let result: Result;
  try {
    result = await read();
  } catch (failure) {
    if (!(failure instanceof Interruption)) check();
    throw failure;
  }
  check();
  return result;
}
