import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { SourceError } from './source-error.ts';
import { sourceFailure } from './source-failure.ts';

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

/** The name that stands for standard input among files. */
export const STANDARD_INPUT = '-';

const MAGIC_LENGTH = 4;

/** @throws SourceError that says in words why the file can't be opened. */
export async function openContent(path: string): Promise<SourceContent> {
  if (path === STANDARD_INPUT) return new StreamContent(path, await decompressed(process.stdin));
  const file = await openFile(path);
  const magic = Buffer.alloc(MAGIC_LENGTH);
  await file.read(magic, 0, MAGIC_LENGTH, 0);
  const decompressor = decompressorOf(magic);
  if (decompressor === null) return new FileContent(path, file);
  await file.close();
  const raw = createReadStream(path);
  return new StreamContent(path, piped(raw, decompressor), raw);
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
  readonly #raw: { readonly bytesRead: number } | undefined;
  readonly #pieces: AsyncIterator<Buffer>;
  #rest: Uint8Array = new Uint8Array(0);
  #given = 0;

  /** @param raw what the stream is made of, where that is a file. */
  constructor(path: string, stream: Readable, raw?: { readonly bytesRead: number }) {
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
    // Standard input is the process's own, and nobody waits for its end.
    if (this.#path !== STANDARD_INPUT) this.#stream.destroy();
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

async function decompressed(stream: Readable): Promise<Readable> {
  const first = await firstPiece(stream);
  if (first === null) return stream;
  stream.unshift(first);
  const decompressor = decompressorOf(first);
  return decompressor === null ? stream : piped(stream, decompressor);
}

/** @returns null at the end. */
function firstPiece(stream: Readable): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const piece: Buffer | null = stream.read();
      if (piece === null && !stream.readableEnded) return;
      stream.off('readable', look);
      stream.off('end', look);
      resolve(piece);
    };
    stream.on('readable', look);
    stream.on('end', look);
    stream.once('error', reject);
  });
}

function piped(raw: Readable, decompressor: ReturnType<typeof createGunzip>): Readable {
  // Whoever reads from the end of the pipe is told of its errors.
  pipeline(raw, decompressor, () => {});
  return decompressor;
}

function decompressorOf(head: Buffer): ReturnType<typeof createGunzip> | null {
  if (head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b) return createGunzip();
  if (head.length >= MAGIC_LENGTH && head.readUInt32LE(0) === 0xfd2fb528) {
    return createZstdDecompress();
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
