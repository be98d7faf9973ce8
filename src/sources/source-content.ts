import { type FileHandle, open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SourceError } from './source-error.ts';
import { sourceFailure } from './source-failure.ts';
import { STANDARD_INPUT } from './standard-input.ts';
import { zstdFrames } from './zstd-frames.ts';

/** The content of a source from its first byte on, decompressed. */
export interface SourceContent {
  /** Bytes that were read of the file itself, which are fewer where it is compressed. */
  readonly readBytes: number;
  /**
   * Reads on into `target`.
   * @returns how many bytes were read, at least one; 0 at the end.
   * @throws SourceError where the compressed content is damaged or cut off.
   */
  read(target: Uint8Array, at: number, length: number): Promise<number>;
  close(): Promise<void>;
}

const MAGIC_LENGTH = 4;
const ZSTD_MAGIC = 0xfd2fb528;

/** @throws SourceError that says in words why the file can't be opened. */
export async function openContent(path: string): Promise<SourceContent> {
  if (path === STANDARD_INPUT) return standardInput();
  const file = await openFile(path);
  try {
    const magic = Buffer.alloc(MAGIC_LENGTH);
    const { bytesRead } = await file.read(magic, 0, MAGIC_LENGTH, 0);
    const decompress = decompressorOf(magic.subarray(0, bytesRead));
    if (decompress === null) return new FileContent(path, file);
    const raw = file.createReadStream({ start: 0 });
    return new StreamContent(path, decompress(raw), raw);
  } catch (cause) {
    await file.close();
    throw sourceFailure(path, cause);
  }
}

class FileContent implements SourceContent {
  readBytes = 0;
  readonly #path: string;
  readonly #file: FileHandle;

  constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  async read(target: Uint8Array, at: number, length: number): Promise<number> {
    try {
      const { bytesRead } = await this.#file.read(target, at, length, this.readBytes);
      this.readBytes += bytesRead;
      return bytesRead;
    } catch (cause) {
      throw sourceFailure(this.#path, cause);
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

class StreamContent implements SourceContent {
  readonly #path: string;
  readonly #stream: Readable;
  readonly #raw: RawFile | undefined;
  readonly #pieces: AsyncIterator<Buffer>;
  #rest: Uint8Array = new Uint8Array(0);
  #given = 0;

  /** @param raw what the stream is made of, where that is a file. */
  constructor(path: string, stream: Readable, raw?: RawFile) {
    this.#path = path;
    this.#stream = stream;
    this.#raw = raw;
    this.#pieces = stream[Symbol.asyncIterator]();
  }

  get readBytes(): number {
    return this.#raw?.bytesRead ?? this.#given;
  }

  async read(target: Uint8Array, at: number, length: number): Promise<number> {
    while (this.#rest.length === 0) {
      const next = await this.#nextPiece();
      if (next === undefined) return 0;
      this.#rest = next;
    }
    const count = Math.min(length, this.#rest.length);
    target.set(this.#rest.subarray(0, count), at);
    this.#rest = this.#rest.subarray(count);
    this.#given += count;
    return count;
  }

  async close(): Promise<void> {
    this.#stream.destroy();
    this.#raw?.destroy();
  }

  async #nextPiece(): Promise<Buffer | undefined> {
    try {
      const next = await this.#pieces.next();
      return next.done === true ? undefined : next.value;
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new SourceError(
        `${this.#path}: its compressed content is damaged or cut off after ${this.#given} bytes (${why}). ` +
          'Fetch or compress it again.',
        { cause },
      );
    }
  }
}

/** A file as it is, and how much of it was read. */
type RawFile = Readable & { readonly bytesRead: number };

async function standardInput(): Promise<SourceContent> {
  const head = await firstBytes(process.stdin);
  if (head.length > 0) process.stdin.unshift(head);
  const decompress = decompressorOf(head);
  const stream = decompress === null ? process.stdin : decompress(process.stdin);
  return new StreamContent(STANDARD_INPUT, stream);
}

/** @returns as many bytes as tell a compression, or all there are; the writer of a pipe may be slow. */
function firstBytes(stream: Readable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    const look = (): void => {
      for (let piece = stream.read(); Buffer.isBuffer(piece); piece = stream.read()) {
        pieces.push(piece);
        length += piece.length;
      }
      if (length < MAGIC_LENGTH && !stream.readableEnded) return;
      stream.off('readable', look);
      stream.off('end', look);
      stream.off('error', reject);
      resolve(Buffer.concat(pieces));
    };
    stream.on('readable', look);
    stream.on('end', look);
    stream.on('error', reject);
  });
}

/** @returns null for what is not compressed. */
function decompressorOf(head: Buffer): ((raw: Readable) => Readable) | null {
  if (head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b) {
    // Whoever reads from the end of the pipe is told of its errors.
    return (raw) => pipeline(raw, createGunzip(), () => {});
  }
  if (head.length >= MAGIC_LENGTH && head.readUInt32LE(0) === ZSTD_MAGIC) {
    return (raw) => Readable.from(zstdFrames(raw));
  }
  return null;
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const why =
      code === 'ENOENT'
        ? 'no such file'
        : code === 'EACCES'
          ? 'no permission to read it'
          : String(cause);
    throw new SourceError(`${path}: ${why}. Nothing was read.`, { cause });
  }
}
