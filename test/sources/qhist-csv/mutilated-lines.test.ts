import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHeader } from '../../../src/sources/qhist-csv/layout.ts';
import { type Lane, readQhistChunk } from '../../../src/sources/qhist-csv/read-chunk.ts';
import { RAW_TEXT_LIMIT } from '../../../src/sources/reject.ts';
import { propertyRuns } from '../../ledger/sqlite/bulk/property-runs.ts';
import { decodeBatch } from '../decode-batch.ts';
import { readingContextOf } from '../reading-context-of.ts';
import {
  ALL_LABELS,
  DEFAULT_LABELS,
  exportLine,
  exportText,
  type JobFields,
  type Label,
} from './export-line.ts';
import { anyMutilation } from './mutilate.ts';

const QUOTE = '"'.charCodeAt(0);
const CONTEXT = readingContextOf('derecho');
const { numRuns, timeoutMs } = propertyRuns(1000);

const anyLabels = fc.constantFrom<readonly Label[]>(
  ALL_LABELS,
  DEFAULT_LABELS,
  ALL_LABELS.toReversed(),
  [...ALL_LABELS, 'Type'],
  ['Job ID', 'User', 'Queue', 'Job Submit', 'Job End', 'Job Name'],
);
const anyJob = fc.constantFrom<JobFields>(
  {},
  { 'Job Name': 'Zoë 日本 🚀' },
  { 'Job Name': 'a,b' },
  { 'Job Name': 'disk5"' },
  { 'Job Name': '"a, ""b"""' },
  { 'Job ID': '6049117[].sched1', Elapsed: '00:00:00', 'Used Mem': '0kb', 'CPU Type': '' },
  { 'Job ID': '6049117[28].sched1', 'Job Submit': '2025-11-02 01:30:00' },
);
/** Good lines, some of which quotes of the line between them could reach. */
const anyNeighbour = fc.constantFrom<JobFields>(
  {},
  { 'Job Name': 'Zoë' },
  { 'Job Name': 'disk5"' },
  { 'Job Name': '"quoted, too"' },
  { 'Job Name': '"a ""b"" c"' },
);

describe('a mutilated line', () => {
  it(
    'is one job, one reject or skipped, and harms none of its neighbours',
    () => {
      fc.assert(
        fc.property(
          fc.record({
            labels: anyLabels,
            job: anyJob,
            mutilate: anyMutilation,
            neighbours: fc.tuple(anyNeighbour, anyNeighbour),
            lineEnd: fc.constantFrom('\n', '\r\n'),
          }),
          ({ labels, job, mutilate, neighbours, lineEnd }) => {
            const [before, after] = neighbours.map((fields, i) =>
              Buffer.from(exportLine({ 'Job ID': `${i + 1}.s`, ...fields }, labels) + lineEnd),
            );
            const bad = mutilate(Buffer.from(exportLine(job, labels)));
            const badLines = linesOf(Buffer.concat([bad, Buffer.from(lineEnd)]));
            const read = readAll(labels, Buffer.concat([before, ...badLines, after]));
            const [first, last] = neighbours.map((fields, i) => goodJob(labels, fields, i + 1));

            expect(read.lines).toBe(badLines.length + 2);
            expect(read.jobs.at(0)).toEqual({ ...first, line: 0 });
            expect(read.jobs.at(-1)).toEqual({ ...last, line: badLines.length + 1 });

            const told = [...read.jobs, ...read.rejects].map(({ line }) => line);
            expect(new Set(told).size).toBe(told.length);
            expect(told.length + read.skippedLines).toBe(read.lines);
            expect(read.repairedLines).toBeLessThanOrEqual(read.jobs.length);
            expectPlaces(read.rejects, [before, ...badLines]);
          },
        ),
        { numRuns },
      );
    },
    timeoutMs,
  );

  it(
    'becomes the same alone as among others',
    () => {
      fc.assert(
        fc.property(
          anyLabels,
          anyJob,
          anyMutilation,
          anyNeighbour,
          (labels, job, mutilate, fields) => {
            const bad = mutilate(Buffer.from(`${exportLine(job, labels)}\n`));
            const line = Buffer.concat([bad.subarray(0, Math.max(0, bad.indexOf(10))), LINE_END]);
            const good = Buffer.from(`${exportLine(fields, labels)}\n`);
            const alone = readAll(labels, line);
            const among = readAll(labels, Buffer.concat([good, line, good]));
            expect(among.jobs.slice(1, -1)).toEqual(
              alone.jobs.map((each) => ({ ...each, line: 1 })),
            );
            expect(
              among.rejects.map(({ code, reason, rawText }) => [code, reason, rawText]),
            ).toEqual(alone.rejects.map(({ code, reason, rawText }) => [code, reason, rawText]));
            expect(among.skippedLines).toBe(alone.skippedLines);
          },
        ),
        { numRuns },
      );
    },
    timeoutMs,
  );

  it(
    'without quotes becomes the same on either lane',
    () => {
      fc.assert(
        fc.property(anyLabels, anyJob, anyMutilation, (labels, job, mutilate) => {
          const bad = mutilate(Buffer.from(exportLine(job, labels)));
          const bytes = Uint8Array.from(Buffer.concat([bad, LINE_END]));
          fc.pre(!bytes.includes(QUOTE));
          expect(readAll(labels, bytes, 'csv')).toEqual(readAll(labels, bytes, 'plain'));
        }),
        { numRuns },
      );
    },
    timeoutMs,
  );
});

const LINE_END = Buffer.from('\n');

/** Each with its line feed. */
function linesOf(bytes: Buffer): Buffer[] {
  const lines = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start) + 1;
    lines.push(bytes.subarray(start, end));
    start = end;
  }
  return lines;
}

function goodJob(labels: readonly Label[], fields: JobFields, id: number) {
  const text = exportText([{ 'Job ID': `${id}.s`, ...fields }], labels);
  return readAll(labels, Buffer.from(text.slice(text.indexOf('\n') + 1))).jobs[0];
}

function readAll(labels: readonly Label[], rows: Uint8Array, lane?: Lane) {
  const { layout } = readHeader('jobs.csv', labels.join(','), 'h');
  const { batch, ...read } = readQhistChunk(Uint8Array.from(rows), layout, CONTEXT, lane);
  return { ...read, jobs: decodeBatch(batch) };
}

/** Each reject names the line and the byte at which its text stands. */
function expectPlaces(
  rejects: readonly { line: number; byteOffset: number; rawText: string }[],
  lines: readonly Buffer[],
): void {
  for (const { line, byteOffset, rawText } of rejects) {
    expect(byteOffset).toBe(Buffer.concat(lines.slice(0, line)).length);
    const text = lines[line]
      .subarray(0, RAW_TEXT_LIMIT)
      .toString()
      .replace(/\r?\n$/, '');
    expect(rawText).toBe(text);
  }
}
