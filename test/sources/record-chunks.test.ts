import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hashBeginning,
  LINES,
  type RecordChunk,
  recordChunks,
} from '../../src/sources/record-chunks.ts';
import { LINE_LIMIT_BYTES } from '../../src/sources/reject.ts';
import { openContent } from '../../src/sources/source-content.ts';
import { TempFolder } from '../support/temp-folder.ts';

const LINE_FEED = 10;
const MEBIBYTE = 2 ** 20;
const SMALL = 'first\nsecond line\r\n\n\r\nZoë 日本\n\n\nlonger than the others, by far\nno end';

describe('recordChunks', () => {
  it('gives a file that fits into one chunk as it is', async () => {
    expect(await chunksOf('a\nb\n', 1000)).toMatchObject([
      { bytes: bytesOf('a\nb\n'), byteOffset: 0, endOffset: 4 },
    ]);
  });

  it('adds the line feed that the last line lacks, and does not count it', async () => {
    expect(await chunksOf('a\nb', 1000)).toMatchObject([
      { bytes: bytesOf('a\n'), byteOffset: 0, endOffset: 2 },
      { bytes: bytesOf('b\n'), byteOffset: 2, endOffset: 3 },
    ]);
  });

  it('gives nothing of an empty file, nor from the end of any', async () => {
    expect(await chunksOf('', 10)).toEqual([]);
    expect(await chunksOf('a\nb\n', 10, 4)).toEqual([]);
    expect(await chunksOf('header alone', 10, 12)).toEqual([]);
  });

  it('gives a file the same lines at every chunk size', async () => {
    for (let chunkBytes = 2; chunkBytes <= 300; chunkBytes++) {
      const chunks = await chunksOf(SMALL, chunkBytes);
      expect([chunkBytes, linesOf(chunks)]).toEqual([chunkBytes, SMALL.split('\n')]);
      expectPlaces(chunks, SMALL, 0);
    }
  });

  it('does so when a chunk is a single byte', async () => {
    const chunks = await chunksOf(SMALL, 1);
    expect(linesOf(chunks)).toEqual(SMALL.split('\n'));
    expectPlaces(chunks, SMALL, 0);
  });

  it('gives any file the same lines at any chunk size, from any line on', async () => {
    const line = fc.oneof(
      fc.constant(''),
      fc.string({ unit: fc.constantFrom('a', ',', '"', '\r', '\u0000', 'é'), maxLength: 12 }),
      fc.string({ maxLength: 60 }).map((text) => text.replaceAll('\n', ' ')),
    );
    const end = fc.constantFrom('\n', '\r\n');
    const text = fc
      .tuple(fc.array(fc.tuple(line, end), { maxLength: 12 }), line)
      .map(([lines, last]) => lines.flat().join('') + last);
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.integer({ min: 2, max: 300 }),
        fc.nat(3),
        async (content, chunkBytes, from) => {
          const skipped = content.split('\n').slice(0, -1).slice(0, from);
          const fromOffset = Buffer.byteLength(skipped.map((each) => `${each}\n`).join(''));
          const chunks = await chunksOf(content, chunkBytes, fromOffset);
          const lines = content.split('\n').slice(skipped.length);
          if (lines.at(-1) === '') lines.pop();
          expect(linesOf(chunks)).toEqual(lines);
          expectPlaces(chunks, content, fromOffset);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('gives each chunk a buffer of its own, which may be moved to another thread', async () => {
    using folder = new TempFolder();
    const content = await openContent(folder.write('lines.txt', SMALL));
    try {
      const hash = createHash('sha256');
      const options = { chunkBytes: 16, framing: LINES, fromOffset: 0, hash };
      const lines = [];
      for await (const { bytes } of recordChunks(content, options)) {
        const moved = structuredClone(bytes, { transfer: [bytes.buffer] });
        lines.push(Buffer.from(moved).toString());
      }
      expect(lines.join('')).toBe(`${SMALL}\n`);
    } finally {
      await content.close();
    }
  });
});

describe('a line longer than any job record', () => {
  const long = 'x'.repeat(LINE_LIMIT_BYTES + 1);

  it.each([
    ['in the middle', 'before\n', '\nafter\nlast\n'],
    ['at the beginning', '', '\nafter\n'],
    ['at the end', 'before\n', '\n'],
    ['at the end without a line feed', 'before\n', ''],
  ])('%s is handed over cut, and the next line is found', async (_, before, after) => {
    for (const length of [1, 2, 3].map((times) => times * MEBIBYTE + 17)) {
      for (const chunkBytes of [65_537, 300_000, MEBIBYTE]) {
        const content = `${before}${'x'.repeat(length)}${after}`;
        const chunks = await chunksOf(content, chunkBytes);
        const lines = linesOf(chunks).map(shortened);
        const rest = after.split('\n').slice(1, -1);
        expect(lines).toEqual([...before.split('\n').slice(0, -1), shortened(long), ...rest]);
        expectContiguous(chunks, content.length, 0);
      }
    }
  });

  it('is a chunk of its own, which names the place of the whole line', async () => {
    const content = `before\n${'x'.repeat(3 * MEBIBYTE)}\nafter\n`;
    const chunks = await chunksOf(content, 100_000);
    const cut = chunks.find(({ bytes }) => bytes.length > LINE_LIMIT_BYTES);
    expect(cut?.byteOffset).toBe(7);
    expect(cut?.endOffset).toBe(7 + 3 * MEBIBYTE + 1);
    expect(cut?.bytes.length).toBe(LINE_LIMIT_BYTES + 2);
  });

  it('may come several times in a row', async () => {
    const content = `${long}\n${long}\nbetween\n${long}`;
    const chunks = await chunksOf(content, 200_000);
    expect(linesOf(chunks).map(shortened)).toEqual([
      shortened(long),
      shortened(long),
      'between',
      shortened(long),
    ]);
    expectContiguous(chunks, content.length, 0);
  });

  it('keeps memory bounded, whatever the file holds', async () => {
    const chunks = await chunksOf('x'.repeat(20 * MEBIBYTE), MEBIBYTE);
    expect(chunks.map(({ bytes }) => bytes.length)).toEqual([LINE_LIMIT_BYTES + 2]);
    expect(chunks[0].bytes.buffer.byteLength).toBeLessThan(4 * MEBIBYTE);
    expect(chunks[0].endOffset).toBe(20 * MEBIBYTE);
  });

  it('begins one byte above the limit', async () => {
    const longest = 'x'.repeat(LINE_LIMIT_BYTES);
    const chunks = await chunksOf(`${longest}\nafter\n`, 50_000);
    expect(linesOf(chunks)[0]).toHaveLength(LINE_LIMIT_BYTES);
    expectPlaces(chunks, `${longest}\nafter\n`, 0);
  });
});

async function chunksOf(
  content: string,
  chunkBytes: number,
  fromOffset = 0,
): Promise<RecordChunk[]> {
  using folder = new TempFolder();
  const opened = await openContent(folder.write('lines.txt', content));
  try {
    const hash = createHash('sha256');
    await hashBeginning(opened, fromOffset, hash);
    const options = { chunkBytes, framing: LINES, fromOffset, hash };
    const chunks = [];
    for await (const chunk of recordChunks(opened, options)) chunks.push(chunk);
    return chunks;
  } finally {
    await opened.close();
  }
}

function linesOf(chunks: readonly RecordChunk[]): string[] {
  return chunks.flatMap(({ bytes }) => Buffer.from(bytes).toString().split('\n').slice(0, -1));
}

/** Each chunk ends a line, and holds the bytes of the file between its offsets. */
function expectPlaces(chunks: readonly RecordChunk[], content: string, fromOffset: number): void {
  const bytes = bytesOf(content);
  expectContiguous(chunks, bytes.length, fromOffset);
  for (const [i, chunk] of chunks.entries()) {
    const original = Buffer.from(bytes.subarray(chunk.byteOffset, chunk.endOffset)).toString();
    const lacksEnd = i === chunks.length - 1 && bytes.at(-1) !== LINE_FEED;
    expect(Buffer.from(chunk.bytes).toString()).toBe(lacksEnd ? `${original}\n` : original);
  }
}

/** The chunks follow each other without gap or overlap to the end of the file. */
function expectContiguous(
  chunks: readonly RecordChunk[],
  sizeBytes: number,
  fromOffset: number,
): void {
  const begins = chunks.map(({ byteOffset }) => byteOffset);
  const ends = chunks.map(({ endOffset }) => endOffset);
  expect([...begins, sizeBytes]).toEqual([fromOffset, ...ends]);
  for (const { bytes } of chunks) expect(bytes.at(-1)).toBe(LINE_FEED);
}

/** A line that is too long for a message of a failing test. */
function shortened(line: string): string {
  return line.length > LINE_LIMIT_BYTES ? 'too long' : line;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(text));
}
