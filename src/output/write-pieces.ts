import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const BLOCK_LENGTH = 65_536;

/**
 * Writes a text that comes in pieces, no faster than it is taken, and leaves the stream open. Pieces are put
 * together to blocks, since each write costs a call of the system.
 */
export async function writePieces(stream: Writable, pieces: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(blocksOf(pieces)), stream, { end: false });
}

/** The same text in pieces that are worth a call of the system. */
export function* blocksOf(pieces: Iterable<string>): Generator<string> {
  let block = '';
  for (const piece of pieces) {
    block += piece;
    if (block.length < BLOCK_LENGTH) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}
