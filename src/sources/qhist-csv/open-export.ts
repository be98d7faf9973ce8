import { type FileHandle, open } from 'node:fs/promises';
import { LINE_LIMIT_BYTES } from '../reject.ts';
import { SourceError } from '../source-error.ts';
import type { TimeUnit } from './labels.ts';
import { type QhistLayout, readHeader } from './layout.ts';

/** A qhist export whose header has been read; its rows begin at `rowsOffset`. */
export interface QhistExport {
  readonly path: string;
  readonly sizeBytes: number;
  /** Epoch milliseconds. */
  readonly modifiedMs: number;
  readonly layout: QhistLayout;
  readonly rowsOffset: number;
  /** Labels that the ledger keeps nothing of. */
  readonly unknownLabels: readonly string[];
}

const LINE_FEED = 10;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * Looks at the head of a file.
 * @throws SourceError where the file can't be read, is empty, or is no qhist export.
 */
export async function openExport(path: string, timeUnit: TimeUnit): Promise<QhistExport> {
  const file = await openFile(path);
  try {
    const stat = await file.stat();
    if (!stat.isFile()) {
      throw new SourceError(`${path}: not a file. Name the export files themselves.`);
    }
    const head = await readHead(file);
    if (head.length === 0) {
      throw new SourceError(
        `${path}: the file is empty; even an export without jobs has a header line. ` +
          'Did the export run? Nothing was read.',
      );
    }
    const lineFeed = head.indexOf(LINE_FEED);
    const lineEnd = lineFeed === -1 ? head.length : lineFeed;
    const mark = BYTE_ORDER_MARK.every((byte, i) => head[i] === byte) ? BYTE_ORDER_MARK.length : 0;
    const line = head.toString('utf8', mark, lineEnd).replace(/\r$/, '');
    const { layout, unknownLabels } = readHeader(path, line, timeUnit);
    const rowsOffset = Math.min(lineEnd + 1, head.length);
    return {
      path,
      sizeBytes: stat.size,
      modifiedMs: stat.mtimeMs,
      layout,
      rowsOffset,
      unknownLabels,
    };
  } finally {
    await file.close();
  }
}

/** @throws SourceError that says in words why the file can't be opened. */
export async function openFile(path: string): Promise<FileHandle> {
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

async function readHead(file: FileHandle): Promise<Buffer> {
  const head = Buffer.alloc(LINE_LIMIT_BYTES);
  const { bytesRead } = await file.read(head, 0, head.length, 0);
  return head.subarray(0, bytesRead);
}
