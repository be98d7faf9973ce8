import { statSync } from 'node:fs';

/** Which file a name leads to, told apart from one that has the name before or after it; undefined for none. */
export function fileIdentity(path: string): string | undefined {
  const file = statSync(path, { bigint: true, throwIfNoEntry: false });
  return file === undefined ? undefined : `${file.dev}:${file.ino}`;
}
