import { basename } from 'node:path';

/** Whether a file is named as those that PBS begins anew each day: `20260131`, also compressed. */
export function isDayFile(path: string): boolean {
  return /^\d{8}(\.gz|\.zst)?$/.test(basename(path));
}
