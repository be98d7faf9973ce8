import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { blocksOf } from './write-pieces.ts';

/**
 * Writes a text in pieces, or bytes, to a file that nobody ever sees a part of: it gets its name, or replaces another,
 * when it is whole.
 */
export async function writeWholeFile(
  path: string,
  content: Iterable<string> | Uint8Array,
): Promise<void> {
  const unfinished = `${path}.${process.pid}.part`;
  const blocks = content instanceof Uint8Array ? [content] : blocksOf(content);
  try {
    await pipeline(Readable.from(blocks), createWriteStream(unfinished, { flush: true }));
    renameSync(unfinished, path);
  } catch (problem) {
    rmSync(unfinished, { force: true });
    throw problem;
  }
}
