import type { FileHandle } from 'node:fs/promises';
import { LINE_LIMIT_BYTES } from './reject.ts';

const LINE_FEED = 10;

/** Whole lines of a file; the last byte is always a line feed. */
export interface LineChunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where the chunk begins in the file. */
  readonly byteOffset: number;
  /** Where the next one begins. */
  readonly endOffset: number;
}

export interface ChunkOptions {
  readonly chunkBytes: number;
  /** Where to begin: the byte after the header. */
  readonly fromOffset: number;
}

/** Large enough to hide the hand-over to a worker, small enough to keep few of them in memory. */
export const CHUNK_BYTES = 2 << 20;

/**
 * Reads a file as chunks of whole lines, each in a buffer of its own that can be handed to another thread.
 * A missing line feed at the end is added. A line longer than any job record is handed over cut, as the last
 * line of its chunk, so that memory stays bounded whatever the file holds.
 */
export async function* lineChunks(
  file: FileHandle,
  { chunkBytes, fromOffset }: ChunkOptions,
): AsyncGenerator<LineChunk> {
  let carry = new Uint8Array(0);
  let byteOffset = fromOffset;
  let readOffset = fromOffset;
  for (;;) {
    // One byte is kept free for a missing line feed at the end of the file.
    const buffer = new Uint8Array(carry.length + chunkBytes + 1);
    buffer.set(carry);
    const { bytesRead } = await file.read(buffer, carry.length, chunkBytes, readOffset);
    readOffset += bytesRead;
    const filled = carry.length + bytesRead;
    if (bytesRead === 0) {
      if (filled > 0) {
        buffer[filled] = LINE_FEED;
        yield { bytes: buffer.subarray(0, filled + 1), byteOffset, endOffset: readOffset };
      }
      return;
    }
    const lineEnd = buffer.subarray(0, filled).lastIndexOf(LINE_FEED) + 1;
    if (lineEnd > 0) {
      const endOffset = byteOffset + lineEnd;
      carry = buffer.slice(lineEnd, filled);
      yield { bytes: buffer.subarray(0, lineEnd), byteOffset, endOffset };
      byteOffset = endOffset;
    } else if (filled > LINE_LIMIT_BYTES) {
      const endOffset = await offsetAfterLine(file, readOffset, chunkBytes);
      buffer[LINE_LIMIT_BYTES + 1] = LINE_FEED;
      yield { bytes: buffer.subarray(0, LINE_LIMIT_BYTES + 2), byteOffset, endOffset };
      carry = new Uint8Array(0);
      byteOffset = endOffset;
      readOffset = endOffset;
    } else {
      carry = buffer.slice(0, filled);
    }
  }
}

/** @returns where the next line begins, or the end of the file. */
async function offsetAfterLine(
  file: FileHandle,
  fromOffset: number,
  chunkBytes: number,
): Promise<number> {
  const buffer = new Uint8Array(chunkBytes);
  for (let offset = fromOffset; ; ) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, offset);
    const lineFeed = buffer.subarray(0, bytesRead).indexOf(LINE_FEED);
    if (lineFeed !== -1) return offset + lineFeed + 1;
    offset += bytesRead;
    if (bytesRead === 0) return offset;
  }
}
