import { existsSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { LedgerError } from '../ledger-error.ts';

/** Longer chains of links are refused by the system too. */
const MOST_LINKS = 40;

/**
 * The file that a ledger's name leads to, or will lead to once it is made. A ledger that has several names has one
 * lock, and what belongs to it stands beside its file.
 * @throws LedgerError where the name leads nowhere, as its links lead in a circle.
 */
export function ledgerFile(ledgerPath: string): string {
  if (existsSync(ledgerPath)) return realpathSync(ledgerPath);
  let path = ledgerPath;
  for (let links = 0; links <= MOST_LINKS; links++) {
    const target = targetOf(path);
    if (target === undefined) return path;
    path = resolve(realpathSync(dirname(path)), target);
  }
  throw new LedgerError(
    'unusable',
    `${ledgerPath}: its symbolic links lead in a circle. Nothing was changed; remove them, or name another file ` +
      'with --db.',
  );
}

/** @returns undefined where it is no symbolic link, or none that can be looked at. */
function targetOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
