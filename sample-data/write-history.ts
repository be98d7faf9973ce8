import { createWriteStream, mkdirSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, createZstdCompress } from 'node:zlib';
import { formatLocalDay } from '../src/site/local-day.ts';
import type { HistoryPiece } from './history-piece.ts';
import { isFolder } from './is-folder.ts';

/**
 * Writes piece after piece, so that a history of any length fits into memory.
 * @param out a file, compressed as the end of its name says (`.gz`, `.zst`); a folder, for pieces that have a
 *   day, each of which goes into a file `YYYYMMDD`; nothing for standard output.
 * @throws an Error of the system's, with `syscall` and path, where it cannot write.
 */
export async function writeHistory(
  pieces: Iterable<HistoryPiece>,
  out: string | undefined,
): Promise<void> {
  if (out !== undefined && isFolder(out)) return writeDayFiles(pieces, out);
  const texts = Readable.from(textsOf(pieces));
  if (out === undefined) return pipeline(texts, process.stdout);
  const file = createWriteStream(out);
  if (out.endsWith('.gz')) return pipeline(texts, createGzip(), file);
  if (out.endsWith('.zst')) return pipeline(texts, createZstdCompress(), file);
  return pipeline(texts, file);
}

async function writeDayFiles(pieces: Iterable<HistoryPiece>, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  let file: FileHandle | undefined;
  let fileDay = Number.NaN;
  try {
    for (const { text, day } of pieces) {
      if (day === null)
        throw new TypeError('A piece without a day has no place in a folder of days.');
      if (day !== fileDay) {
        await file?.close();
        file = await open(join(folder, formatLocalDay(day).replaceAll('-', '')), 'w');
        fileDay = day;
      }
      await file?.writeFile(text);
    }
  } finally {
    await file?.close();
  }
}

function* textsOf(pieces: Iterable<HistoryPiece>): Generator<string, void> {
  for (const { text } of pieces) yield text;
}
