import { existsSync, statSync } from 'node:fs';

/** Whether a name is that of a folder: one that exists, or one to be made, whose name ends in `/`. */
export function isFolder(name: string): boolean {
  return name.endsWith('/') || (existsSync(name) && statSync(name).isDirectory());
}
