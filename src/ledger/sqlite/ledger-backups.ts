import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What stands behind the name of the ledger: when it went out of service, in UTC, so that names sort by time. */
const STAMP = /^\.\d{4}-\d{2}-\d{2}T\d{6}Z\.bak$/;

/** @returns a name beside the ledger that is free, by the time or, where it is taken, a later second. */
export function backupPath(ledgerPath: string, at: Date): string {
  for (let milliseconds = at.getTime(); ; milliseconds += 1000) {
    const stamp = new Date(milliseconds).toISOString().slice(0, 19).replaceAll(':', '');
    const path = `${ledgerPath}.${stamp}Z.bak`;
    if (!existsSync(path)) return path;
  }
}

/** The backups of a ledger that qledger made, oldest first; files of other names are somebody else's. */
function backupsOf(ledgerPath: string): string[] {
  const [folder, name] = [dirname(ledgerPath), basename(ledgerPath)];
  return readdirSync(folder)
    .filter((other) => other.startsWith(name) && STAMP.test(other.slice(name.length)))
    .sort()
    .map((other) => join(folder, other));
}

/**
 * Removes the oldest backups.
 * @param newest the one just made, which counts and stays whatever the clock said.
 * @returns those that were removed.
 */
export function pruneBackups(ledgerPath: string, keep: number, newest: string | null): string[] {
  const older = backupsOf(ledgerPath).filter((path) => path !== newest);
  const kept = Math.max(0, keep - (newest === null ? 0 : 1));
  const removed = older.slice(0, Math.max(0, older.length - kept));
  for (const path of removed) rmSync(path, { force: true });
  return removed;
}

/**
 * A swap that was killed between its two steps leaves the ledger in service under a second name, which is no
 * backup: it would change with the ledger.
 * @param ledgerPath of the file itself.
 */
export function removeUnfinishedBackup(ledgerPath: string): void {
  const ledger = statSync(ledgerPath, { bigint: true, throwIfNoEntry: false });
  if (ledger === undefined || ledger.nlink === 1n) return;
  for (const path of backupsOf(ledgerPath)) {
    const backup = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (backup?.ino === ledger.ino && backup.dev === ledger.dev) rmSync(path, { force: true });
  }
}
