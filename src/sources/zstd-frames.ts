import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { createZstdDecompress } from 'node:zlib';

/**
 * Decompresses all frames of a zstd content. Node's decompressor ends with the first frame and drops the rest,
 * but `pzstd` writes many frames, and so does `cat` of two files; what it drops would be missing in silence.
 * @throws what Node throws of content that is damaged or cut off.
 */
export async function* zstdFrames(raw: Readable): AsyncGenerator<Buffer> {
  const pieces: AsyncIterator<Buffer> = raw[Symbol.asyncIterator]();
  try {
    let rest: Buffer | null = await nextPiece(pieces);
    while (rest !== null) {
      const decompressor = createZstdDecompress();
      const feeding = feed(decompressor, rest, pieces);
      // Heard below; who decompresses may be told of the damage first.
      feeding.catch(() => {});
      yield* decompressor as AsyncIterable<Buffer>;
      rest = await feeding;
    }
  } finally {
    raw.destroy();
  }
}

/**
 * Hands pieces to a decompressor until a frame ends within one of them, or there are no more.
 * @returns what follows the frame; null at the end of the content.
 */
async function feed(
  decompressor: ReturnType<typeof createZstdDecompress>,
  first: Buffer,
  pieces: AsyncIterator<Buffer>,
): Promise<Buffer | null> {
  const closed = once(decompressor, 'close');
  for (let piece: Buffer | null = first; piece !== null; piece = await nextPiece(pieces)) {
    const before = decompressor.bytesWritten;
    const current: Buffer = piece;
    const written = new Promise((resolve) => decompressor.write(current, resolve));
    await Promise.race([written, closed]);
    const taken = decompressor.bytesWritten - before;
    if (taken < current.length) return current.subarray(taken);
  }
  decompressor.end();
  return null;
}

/** @returns null at the end. */
async function nextPiece(pieces: AsyncIterator<Buffer>): Promise<Buffer | null> {
  for (;;) {
    const { done, value } = await pieces.next();
    if (done === true) return null;
    if (value.length > 0) return value;
  }
}
