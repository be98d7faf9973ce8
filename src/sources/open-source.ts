import { stat } from 'node:fs/promises';
import { formatOf, type ReadAs } from './format-of.ts';
import { LINE_LIMIT_BYTES } from './reject.ts';
import type { Source } from './source.ts';
import { openContent, type SourceContent, STANDARD_INPUT } from './source-content.ts';
import { SourceError } from './source-error.ts';

const LINE_FEED = 10;
/** Enough to tell the format; where not even one line fits, more is read. */
const HEAD_BYTES = 1 << 16;

/**
 * Looks at the head of a file, or of standard input.
 * @throws SourceError where it can't be read, is empty, or is no raw history.
 */
export async function openSource(path: string, readAs: ReadAs): Promise<Source> {
  const { sizeBytes, modifiedMs } = await statOf(path);
  const content = await openContent(path);
  let head: Buffer<ArrayBuffer>;
  try {
    head = await readHead(content);
  } catch (cause) {
    await content.close();
    throw cause;
  }
  if (path !== STANDARD_INPUT) await content.close();
  const described = formatOf(path, head, readAs);
  return {
    path,
    sizeBytes,
    modifiedMs,
    ...described,
    firstRows: wholeLines(head.subarray(described.rows.offset)),
    open: path === STANDARD_INPUT ? async () => new Headed(head, content) : () => openContent(path),
  };
}

/** @throws SourceError where there is no such file, or it is a folder. */
export async function statOf(path: string): Promise<{ sizeBytes: number; modifiedMs: number }> {
  if (path === STANDARD_INPUT) return { sizeBytes: 0, modifiedMs: 0 };
  let found: Awaited<ReturnType<typeof stat>>;
  try {
    found = await stat(path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const why = code === 'ENOENT' ? 'no such file' : String(cause);
    throw new SourceError(`${path}: ${why}. Nothing was read.`, { cause });
  }
  if (found.isDirectory()) {
    throw new SourceError(`${path}: not a file. Name the export files themselves.`);
  }
  return { sizeBytes: found.size, modifiedMs: found.mtimeMs };
}

/** Standard input with what was read of it put back. */
class Headed implements SourceContent {
  #head: Buffer<ArrayBuffer>;
  readonly #rest: SourceContent;

  constructor(head: Buffer<ArrayBuffer>, rest: SourceContent) {
    this.#head = head;
    this.#rest = rest;
  }

  get readBytes(): number {
    return this.#rest.readBytes - this.#head.length;
  }

  async read(target: Uint8Array, at: number, length: number): Promise<number> {
    if (this.#head.length === 0) return this.#rest.read(target, at, length);
    const count = Math.min(length, this.#head.length);
    target.set(this.#head.subarray(0, count), at);
    this.#head = this.#head.subarray(count);
    return count;
  }

  close(): Promise<void> {
    return this.#rest.close();
  }
}

function wholeLines(bytes: Buffer): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes.subarray(0, bytes.lastIndexOf(LINE_FEED) + 1));
}

async function readHead(content: SourceContent): Promise<Buffer<ArrayBuffer>> {
  const head = Buffer.alloc(LINE_LIMIT_BYTES);
  let filled = 0;
  for (;;) {
    const wanted = filled < HEAD_BYTES ? HEAD_BYTES : LINE_LIMIT_BYTES;
    const read = filled < wanted ? await content.read(head, filled, wanted - filled) : 0;
    filled += read;
    const known = filled >= HEAD_BYTES && head.subarray(0, filled).includes(LINE_FEED);
    if (read === 0 || known) return Buffer.from(head.subarray(0, filled));
  }
}
