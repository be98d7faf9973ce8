import { closeSync, fsyncSync, openSync, statSync } from 'node:fs';

/** Waits until a file, or the entries of a folder, are on disk. */
export function syncPath(path: string): void {
  const fd = openSync(path, statSync(path).isDirectory() ? 'r' : 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
