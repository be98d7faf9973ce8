import { relative } from 'node:path';

/** A path as it would be typed here. */
export function shortPath(path: string): string {
  const fromHere = relative('', path);
  return fromHere.startsWith('..') ? path : fromHere;
}
