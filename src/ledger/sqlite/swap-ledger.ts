import {
  chmodSync,
  chownSync,
  copyFileSync,
  linkSync,
  renameSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { backupPath, pruneBackups } from './ledger-backups.ts';
import { syncPath } from './sync-path.ts';

export interface Swapped {
  /** Where the old ledger is now; null where it was not to be kept. */
  readonly backup: string | null;
  readonly removedBackups: readonly string[];
}

/**
 * Puts a finished file into service in the place of a ledger, in one step: the name of the ledger leads to the
 * old one or to the new one at every moment, and to a whole one. The old one stays as a dated backup.
 *
 * To be called by the one writer of the ledger, when its log is folded in. Who has the old one open keeps it.
 * @param keep how many backups there may be, with this one.
 */
export function swapLedger(path: string, ledgerPath: string, keep: number): Swapped {
  takeOwner(path, statSync(ledgerPath));
  syncPath(path);
  const backup = keep === 0 ? null : backupPath(ledgerPath, new Date());
  if (backup !== null) linkOrCopy(ledgerPath, backup, `${path}.old`);
  renameSync(path, ledgerPath);
  syncPath(dirname(ledgerPath));
  return { backup, removedBackups: pruneBackups(ledgerPath, keep, backup) };
}

/** Who may read or write the old ledger may do so with the new one. */
function takeOwner(path: string, { mode, uid, gid }: Stats): void {
  const own = statSync(path);
  if (own.uid !== uid || own.gid !== gid) {
    try {
      chownSync(path, uid, gid);
    } catch {
      // Only root may give files away; the rights below are what matters to others.
    }
  }
  chmodSync(path, mode & 0o7777);
}

/** @param aside where a copy is made that nobody takes for a backup until it is whole. */
function linkOrCopy(ledgerPath: string, backup: string, aside: string): void {
  try {
    linkSync(ledgerPath, backup);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS' && code !== 'EOPNOTSUPP') {
      throw cause;
    }
    // Some file systems have no hard links.
    copyFileSync(ledgerPath, aside);
    syncPath(aside);
    renameSync(aside, backup);
  }
}
