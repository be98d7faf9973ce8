import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../../src/sources/open-source.ts';
import { readQhistChunk } from '../../../src/sources/qhist-csv/read-chunk.ts';
import { hashBeginning, LINES, recordChunks } from '../../../src/sources/record-chunks.ts';
import { TempFolder } from '../../support/temp-folder.ts';
import { decodeBatch } from '../decode-batch.ts';
import { readingContextOf } from '../reading-context-of.ts';
import { exportText, type Label } from './export-line.ts';

const LABELS: readonly Label[] = ['Job ID', 'User', 'Queue', 'Job Submit', 'Job End', 'Job Name'];
const CONTEXT = readingContextOf('derecho');
const HEADER = LABELS.join(',');

const GOOD = exportText(
  [{ 'Job ID': '1.s' }, { 'Job ID': '2.s', 'Job Name': 'Zoë 日本 🚀' }],
  LABELS,
);
const LATER = exportText([{ 'Job ID': '3[1].s', User: '' }, { User: 'bob' }], LABELS);
const MIXED = `${GOOD}\nno job\n\r\n${HEADER}\n${LATER}`;

describe('a border between chunks, wherever it falls', () => {
  it.each([
    ['jobs alone', GOOD],
    ['jobs, rejects and skipped lines', MIXED],
    ['Windows line ends', MIXED.replaceAll(/\r?\n/g, '\r\n')],
    ['no line feed at the end', MIXED.trimEnd()],
    ['a byte order mark', `\uFEFF${GOOD}`],
    ['quotes', MIXED.replaceAll('engine', '"engine, 2"').replace('no job', '"open')],
  ])('changes nothing of what is read: %s', async (_, text) => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', text);
    const whole = await readFile(file, 2 ** 20);
    expect(whole.jobs.length).toBeGreaterThan(1);
    for (let chunkBytes = 2; chunkBytes <= Buffer.byteLength(text) + 2; chunkBytes++) {
      expect(await readFile(file, chunkBytes)).toEqual(whole);
    }
  });
});

/** Reads a file chunk by chunk; lines and offsets are counted from its beginning. */
async function readFile(file: string, chunkBytes: number) {
  const { format, rows, open } = await openSource(file, { timeUnit: 'h' });
  if (format.name !== 'qhist-csv') throw new Error(`${file} was taken for ${format.name}`);
  const content = await open();
  const hash = createHash('sha256');
  await hashBeginning(content, rows.offset, hash);
  const options = { chunkBytes, framing: LINES, fromOffset: rows.offset, hash };
  const read = { jobs: [] as object[], rejects: [] as object[], lines: 0, skippedLines: 0 };
  try {
    for await (const chunk of recordChunks(content, options)) {
      const { batch, rejects, lines, skippedLines } = readQhistChunk(
        chunk.bytes,
        format.layout,
        CONTEXT,
      );
      for (const job of decodeBatch(batch)) {
        read.jobs.push({ ...job, line: read.lines + Number(job.line) });
      }
      for (const reject of rejects) {
        const byteOffset = chunk.byteOffset + reject.byteOffset;
        read.rejects.push({ ...reject, line: read.lines + reject.line, byteOffset });
      }
      read.lines += lines;
      read.skippedLines += skippedLines;
    }
    return read;
  } finally {
    await content.close();
  }
}
