import { existsSync, realpathSync } from 'node:fs';

/**
 * The file that a ledger's name leads to. A ledger that has several names has one lock, and what belongs to it
 * stands beside its file.
 */
export function ledgerFile(ledgerPath: string): string {
  return existsSync(ledgerPath) ? realpathSync(ledgerPath) : ledgerPath;
}
