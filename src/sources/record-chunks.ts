import type { Hash } from 'node:crypto';
import { LINE_LIMIT_BYTES } from './reject.ts';
import type { SourceContent } from './source-content.ts';

const LINE_FEED = 10;

/** How the content of a format is cut into records. */
export interface RecordFraming {
  /** @returns the offset behind the last record that is whole; 0 where none is. */
  wholeRecordsEnd(bytes: Buffer): number;
  /** Whether a record is a line, so that what comes after one that is too long begins after its line feed. */
  readonly lines: boolean;
  /** What becomes of a last record that is not ended: it is read, or left until the file has grown. */
  readonly unfinished: 'read' | 'left';
  /** Large enough to hide the hand-over to a worker, small enough to keep few of them in memory. */
  readonly chunkBytes: number;
}

export const LINES: RecordFraming = {
  wholeRecordsEnd: (bytes) => bytes.lastIndexOf(LINE_FEED) + 1,
  lines: true,
  unfinished: 'read',
  chunkBytes: 2 << 20,
};

/** So much is read at once where nothing is kept of it. */
const PASSED_BYTES = 2 << 20;

/** Whole records; the last byte is always a line feed. */
export interface RecordChunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where the chunk begins in the content. */
  readonly byteOffset: number;
  /** Where the next one begins. */
  readonly endOffset: number;
  /** False for the rest of a content whose last record is not ended; it may be read again when it has grown. */
  readonly ended: boolean;
  /** SHA-256 of the content up to the end of the chunk, or up to its beginning where it is not ended. */
  readonly contentHash: string;
}

export interface ChunkOptions {
  readonly chunkBytes: number;
  readonly framing: RecordFraming;
  /** Where the content stands: what is before was read already, and is in the hash. */
  readonly fromOffset: number;
  readonly hash: Hash;
}

/**
 * Reads on in a content as chunks of whole records, each in a buffer of its own that can be handed to another
 * thread. A missing line feed at the end is added. A record longer than any job's is handed over cut, as the
 * last of its chunk, so that memory stays bounded whatever the content holds.
 */
export async function* recordChunks(
  content: SourceContent,
  { chunkBytes, framing, fromOffset, hash }: ChunkOptions,
): AsyncGenerator<RecordChunk> {
  let carry = new Uint8Array(0);
  let byteOffset = fromOffset;
  for (;;) {
    // One byte is kept free for a missing line feed at the end. Zeros would only be written over.
    const buffer = new Uint8Array(Buffer.allocUnsafeSlow(carry.length + chunkBytes + 1).buffer);
    buffer.set(carry);
    const filled = await fill(content, buffer, carry.length, carry.length + chunkBytes);
    const atEnd = filled < carry.length + chunkBytes;
    const whole = framing.wholeRecordsEnd(Buffer.from(buffer.buffer, 0, filled));
    if (whole > 0) {
      carry = buffer.slice(whole, filled);
      const bytes = buffer.subarray(0, whole);
      hash.update(bytes);
      const endOffset = byteOffset + whole;
      yield { bytes, byteOffset, endOffset, ended: true, contentHash: digestOf(hash) };
      byteOffset = endOffset;
    } else if (filled > LINE_LIMIT_BYTES) {
      const cut = framing.lines ? LINE_LIMIT_BYTES + 1 : filled;
      hash.update(buffer.subarray(0, filled));
      const rest = framing.lines ? await skipLine(content, hash) : { skipped: 0, carry };
      const endOffset = byteOffset + filled + rest.skipped;
      buffer[cut] = LINE_FEED;
      const bytes = buffer.subarray(0, cut + 1);
      yield { bytes, byteOffset, endOffset, ended: true, contentHash: digestOf(hash) };
      carry = framing.lines ? rest.carry : new Uint8Array(0);
      byteOffset = endOffset;
    } else {
      carry = buffer.slice(0, filled);
    }
    if (!atEnd) continue;
    if (carry.length > 0) {
      const bytes = new Uint8Array(carry.length + 1);
      bytes.set(carry);
      bytes[carry.length] = LINE_FEED;
      const endOffset = byteOffset + carry.length;
      yield { bytes, byteOffset, endOffset, ended: false, contentHash: digestOf(hash) };
    }
    return;
  }
}

/**
 * Reads a beginning of a content into a hash.
 * @returns whether the content is that long.
 */
export async function hashBeginning(
  content: SourceContent,
  length: number,
  hash: Hash,
): Promise<boolean> {
  const buffer = new Uint8Array(Math.min(length, PASSED_BYTES));
  for (let done = 0; done < length; ) {
    const read = await content.read(buffer, 0, Math.min(buffer.length, length - done));
    if (read === 0) return false;
    hash.update(buffer.subarray(0, read));
    done += read;
  }
  return true;
}

export function digestOf(hash: Hash): string {
  return hash.copy().digest('hex');
}

/** @returns where the buffer is filled up to: `end`, or before it where the content ends. */
async function fill(
  content: SourceContent,
  buffer: Uint8Array,
  start: number,
  end: number,
): Promise<number> {
  let filled = start;
  while (filled < end) {
    const read = await content.read(buffer, filled, end - filled);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}

/** Reads up to the next line feed, or the end; what was read behind it is carried on. */
async function skipLine(
  content: SourceContent,
  hash: Hash,
): Promise<{ skipped: number; carry: Uint8Array<ArrayBuffer> }> {
  const buffer = new Uint8Array(PASSED_BYTES);
  for (let skipped = 0; ; ) {
    const read = await content.read(buffer, 0, buffer.length);
    const lineEnd = buffer.subarray(0, read).indexOf(LINE_FEED) + 1;
    const taken = lineEnd === 0 ? read : lineEnd;
    hash.update(buffer.subarray(0, taken));
    skipped += taken;
    if (lineEnd > 0 || read === 0) return { skipped, carry: buffer.slice(taken, read) };
  }
}
