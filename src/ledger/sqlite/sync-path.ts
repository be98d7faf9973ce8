import { closeSync, fsyncSync, openSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** Waits until a file, or the entries of a folder, are on disk. */
export function syncPath(path: string): void {
  const fd = openSync(path, statSync(path).isDirectory() ? 'r' : 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Has a file put on disk beside what else is done. */
export async function syncInBackground(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
