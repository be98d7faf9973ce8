import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The user that owns nothing, on every Unix. */
const NOBODY = 65_534;

/** Reads as one who may read a folder and the files in it, and write to none of them. */
export function withoutWriteAccess<Result>(folder: string, read: () => Result): Result {
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o444);
  chmodSync(folder, 0o555);
  // Permissions do not bind root, so it steps down meanwhile.
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    return read();
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(folder, 0o755);
  }
}
