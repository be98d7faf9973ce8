import { stat } from 'node:fs/promises';
import { formatOf, type ReadAs } from './format-of.ts';
import { LINE_LIMIT_BYTES } from './reject.ts';
import type { Source } from './source.ts';
import { openContent, type SourceContent } from './source-content.ts';
import { SourceError } from './source-error.ts';
import { STANDARD_INPUT } from './standard-input.ts';

const LINE_FEED = 10;
/** Enough to tell the format; where not even one line fits, more is read. */
const HEAD_BYTES = 1 << 16;

/**
 * Looks at the head of a file, or of standard input.
 * @throws SourceError where it can't be read, is empty, or is no raw history.
 */
export async function openSource(path: string, readAs: ReadAs): Promise<Source> {
  const { sizeBytes, modifiedMs } = await statOf(path);
  if (sizeBytes === 0 && /\.(gz|zst)$/.test(path)) {
    throw new SourceError(
      `${path}: the file is empty; even nothing takes some bytes when it is compressed. ` +
        'Fetch or compress it again. Nothing was read.',
    );
  }
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
  const firstRows = wholeLines(head.subarray(described.rows.offset));
  const open = path === STANDARD_INPUT ? reopened(head, content) : opener(path);
  return { path, sizeBytes, modifiedMs, ...described, firstRows, open };
}

/** A function of its own, so that what it makes keeps the head of no file in memory. */
function opener(path: string): () => Promise<SourceContent> {
  return () => openContent(path);
}

function reopened(head: Buffer<ArrayBuffer>, content: SourceContent): () => Promise<SourceContent> {
  return async () => new Headed(head, content);
}

/** @throws SourceError where there is no such file, or it is a folder. */
export async function statOf(path: string): Promise<{ sizeBytes: number; modifiedMs: number }> {
  if (path === STANDARD_INPUT) return { sizeBytes: 0, modifiedMs: 0 };
  let found: Awaited<ReturnType<typeof stat>>;
  try {
    found = await stat(path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const why = NO_FILE.get(code) ?? String(cause);
    throw new SourceError(`${path}: ${why}. Nothing was read.`, { cause });
  }
  if (found.isDirectory()) {
    throw new SourceError(`${path}: not a file. Name the export files themselves.`);
  }
  if (!found.isFile()) {
    throw new SourceError(
      `${path}: a pipe or a device, which can be read only once. Nothing was read. ` +
        'Hand it over as standard input: put - in its place, and < before it.',
    );
  }
  return { sizeBytes: found.size, modifiedMs: found.mtimeMs };
}

const NO_FILE: ReadonlyMap<unknown, string> = new Map([
  ['ENOENT', 'no such file'],
  ['ENOTDIR', 'no such file: what stands before a / of it is no folder'],
  ['ELOOP', 'no such file: its symbolic links lead in a circle'],
  ['EACCES', 'no permission to look into its folder'],
]);

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
