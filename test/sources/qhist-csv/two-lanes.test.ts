import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QhistLayout } from '../../../src/sources/qhist-csv/layout.ts';
import { readHeader } from '../../../src/sources/qhist-csv/layout.ts';
import { type Lane, readQhistChunk } from '../../../src/sources/qhist-csv/read-chunk.ts';
import { decodeBatch } from '../decode-batch.ts';
import { utf8 } from '../field-bytes.ts';
import { readingContextOf } from '../reading-context-of.ts';
import { anyLabels, anyValue } from './any-export.ts';
import { ALL_LABELS, exportLine, exportText } from './export-line.ts';
import { readExport } from './read-export.ts';

const QUOTE = 34;
const CONTEXTS = { derecho: readingContextOf('derecho'), casper: readingContextOf('casper') };

const anyDelimiter = fc.constantFrom(',', ';', '|', '\t');
const anyMachine = fc.constantFrom('derecho' as const, 'casper' as const);
/** Any byte but the quote, which the plain lane never sees. */
const anyByte = fc
  .oneof(
    fc.constantFrom(0, 9, 10, 11, 13, 31, 32, 44, 48, 59, 124, 127, 128, 0xc3, 0xa9, 0xef, 255),
    fc.nat(255),
  )
  .map((byte) => (byte === QUOTE ? 0x27 : byte));
const anyDamage = fc.record({
  kind: fc.constantFrom('delete' as const, 'insert' as const, 'replace' as const),
  place: fc.nat(),
  bytes: fc.array(anyByte, { minLength: 1, maxLength: 4 }),
});

/** The rows of an export with their header, as texts of fields. */
const anyTable = fc.tuple(anyLabels, anyDelimiter).chain(([labels, delimiter]) =>
  fc.record({
    labels: fc.constant(labels),
    delimiter: fc.constant(delimiter),
    rows: fc.array(fc.tuple(...labels.map(anyValue)), { minLength: 1, maxLength: 4 }),
  }),
);

const anyChunk = anyTable.chain(({ labels, delimiter, rows }) => {
  const header = labels.join(delimiter);
  const good = fc.constantFrom(...rows).map((fields) => utf8(fields.join(delimiter)));
  const damaged = fc
    .tuple(good, fc.array(anyDamage, { minLength: 1, maxLength: 3 }))
    .map(([line, damages]) => damages.reduce(damage, line));
  const other = fc.constantFrom('', header, ' ', delimiter, '\r').map(utf8);
  const line = fc.oneof(
    { weight: 3, arbitrary: good },
    { weight: 3, arbitrary: damaged },
    { weight: 1, arbitrary: other },
  );
  const end = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r\r\n').map(utf8);
  return fc.record({
    header: fc.constant(header),
    chunk: fc
      .array(fc.tuple(line, end), { maxLength: 6 })
      .map((lines) => Uint8Array.from(Buffer.concat(lines.flat()))),
  });
});

describe('the fast lane and csv-parse', () => {
  it('read the same jobs, rejects and skipped lines from any chunk without quotes', () => {
    fc.assert(
      fc.property(anyChunk, anyMachine, ({ header, chunk }, machine) => {
        const { layout } = readHeader('jobs.csv', header, 'h');
        const plain = readLane(chunk, layout, machine, 'plain');
        expect(readLane(chunk, layout, machine, 'csv')).toEqual(plain);
        expect(plain.jobs.length + plain.rejects.length + plain.skippedLines).toBe(plain.lines);
      }),
      { numRuns: 3500 },
    );
  });

  it('do so from bytes of any kind', () => {
    const { layout } = readHeader('jobs.csv', 'Job ID,User,Queue,Job Submit,Job End', 'h');
    fc.assert(
      fc.property(fc.array(anyByte, { maxLength: 60 }), (bytes) => {
        const chunk = Uint8Array.of(...bytes, 10);
        const plain = readLane(chunk, layout, 'derecho', 'plain');
        expect(readLane(chunk, layout, 'derecho', 'csv')).toEqual(plain);
      }),
      { numRuns: 1500 },
    );
  });

  it('do so from a chunk of many lines', () => {
    fc.assert(
      fc.property(anyChunk, fc.integer({ min: 20, max: 100 }), ({ header, chunk }, times) => {
        const { layout } = readHeader('jobs.csv', header, 'h');
        const many = Uint8Array.from(Buffer.concat(Array<Uint8Array>(times).fill(chunk)));
        const plain = readLane(many, layout, 'derecho', 'plain');
        expect(readLane(many, layout, 'derecho', 'csv')).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  });

  it('do so wherever a line stands in a chunk, also about the powers of two', () => {
    const { layout } = readHeader('jobs.csv', ALL_LABELS.join(','), 'h');
    const [good, bad, last] = ['engine', 'a\tb,c', 'Zoë'].map((name) =>
      exportLine({ 'Job Name': name }),
    );
    const lines = `${good}\n\r\n${bad}\r\n\n${last}\n`;
    for (const border of [4096, 8192, 16_384]) {
      for (let shift = 0; shift <= lines.length; shift += border === 8192 ? 1 : 7) {
        const chunk = utf8(`${'x'.repeat(border - 1 - shift)}\n${lines}`);
        const plain = readLane(chunk, layout, 'derecho', 'plain');
        expect(readLane(chunk, layout, 'derecho', 'csv')).toEqual(plain);
        expect(plain.jobs.map(({ name }) => name)).toEqual(['engine', 'Zoë']);
      }
    }
  });

  it('do so from a part of a larger buffer', () => {
    fc.assert(
      fc.property(anyChunk, fc.nat(8), ({ header, chunk }, before) => {
        const { layout } = readHeader('jobs.csv', header, 'h');
        const larger = new Uint8Array(before + chunk.length + 5).fill(44);
        larger.set(chunk, before);
        const part = larger.subarray(before, before + chunk.length);
        const whole = readLane(chunk, layout, 'casper', 'plain');
        expect(readLane(part, layout, 'casper', 'plain')).toEqual(whole);
        expect(readLane(part, layout, 'casper', 'csv')).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('do so where tabs part the fields', () => {
    const text = exportText([{}, { NCPUs: 'many' }, { 'Job ID': '2.s' }]).replaceAll(',', '\t');
    const { jobs, rejects } = readExport(text, { lane: 'plain' });
    expect(jobs).toHaveLength(2);
    expect(readExport(text, { lane: 'csv' })).toMatchObject({ rejects, jobs });
  });
});

describe('a quoted export', () => {
  it('gives what the same export without quotes gives', () => {
    fc.assert(
      fc.property(
        anyTable,
        fc.infiniteStream(fc.boolean()),
        ({ labels, delimiter, rows }, choice) => {
          const quote = (field: string) => (choice.next().value === true ? `"${field}"` : field);
          const lines = [labels, ...rows].map((fields) => fields.map(quote).join(delimiter));
          const read = readTable(lines, 'csv');
          const expected = readTable(
            [labels, ...rows].map((fields) => fields.join(delimiter)),
            'plain',
          );
          const reasons = (each: typeof read) =>
            each.rejects.map(({ line, code, reason }) => ({ line, code, reason }));
          expect(read.jobs).toEqual(expected.jobs);
          expect(reasons(read)).toEqual(reasons(expected));
          expect(read.skippedLines).toBe(expected.skippedLines);
          expect(read.rejects.map(({ rawText }) => rawText)).toEqual(
            read.rejects.map(({ line }) => lines[line + 1]),
          );
        },
      ),
      { numRuns: 800 },
    );
  });

  it('may hold its delimiter and doubled quotes in a field', () => {
    const text = exportText([{ 'Job Name': '"a,b ""c"" d"' }, { 'Job Name': '""' }]);
    expect(readExport(text).jobs.map(({ name }) => name)).toEqual(['a,b "c" d', null]);
  });

  it('may part its fields by tabs', () => {
    const text = exportText([{ 'Job Name': '"a b"' }]).replaceAll(',', '\t');
    expect(readExport(text)).toMatchObject({ rejects: [], jobs: [{ name: 'a b' }] });
  });

  it('may end its lines the Windows way', () => {
    const text = exportText([{ Walltime: '"12.0"' }, { 'Job Name': '"x"' }]);
    const windows = readExport(text.replaceAll('\n', '\r\n'));
    expect(windows.rejects).toEqual([]);
    expect(windows.jobs).toEqual(readExport(text).jobs);
  });
});

describe('a quote', () => {
  it('inside a field that is not quoted is part of it', () => {
    const text = exportText([{ 'Job Name': 'disk5"' }, { 'Job Name': 'a"b"c' }]);
    expect(readExport(text).jobs.map(({ name }) => name)).toEqual(['disk5"', 'a"b"c']);
  });

  it.each([
    ['one line', ['"open']],
    ['two lines, as if one quote closed the other', ['"open', 'shut"']],
    ['two lines in a row', ['"open', '"open']],
    ['all lines', ['"', '"', '"']],
  ])('that is opened and not closed spoils its own line and no other: %s', (_, names) => {
    const jobs = [{}, ...names.map((name) => ({ 'Job Name': name })), { 'Job ID': '2.s' }];
    const read = readExport(exportText(jobs));
    const open = names.filter((name) => name.startsWith('"'));
    expect(read.rejects.map(({ code }) => code)).toEqual(open.map(() => 'bad-quoting'));
    expect(read.jobs.at(0)?.job_id).toBe('7001.sched1');
    expect(read.jobs.at(-1)?.job_id).toBe('2.s');
    expect(read.jobs.length + read.rejects.length).toBe(jobs.length);
  });

  it('changes nothing of the lines around it, whatever they hold', () => {
    fc.assert(
      fc.property(anyTable, fc.nat(3), ({ labels, delimiter, rows }, place) => {
        const lines = [labels, ...rows].map((fields) => fields.join(delimiter));
        const at = place % (rows.length + 1);
        const expected = readTable(lines, 'csv');
        const read = readTable(lines.toSpliced(at + 1, 0, '"open'), 'csv');
        expect(read.rejects.filter(({ code }) => code === 'bad-quoting')).toMatchObject([
          { line: at, rawText: '"open' },
        ]);
        const withoutLine = (each: typeof read) => each.jobs.map((job) => ({ ...job, line: 0 }));
        expect(withoutLine(read)).toEqual(withoutLine(expected));
        expect(read.rejects.length).toBe(expected.rejects.length + 1);
      }),
      { numRuns: 300 },
    );
  });

  it('may be all that a line holds', () => {
    for (const line of ['"', '""', '"""', '""""', '","']) {
      const read = readExport(`Job ID,User,Queue,Job Submit,Job End\n${line}\n`);
      expect([line, read.rejects.length, read.jobs.length]).toEqual([line, 1, 0]);
    }
  });

  it('in a field tells where the value stands in the reason', () => {
    const { rejects } = readExport(`${exportText([])}${exportLine({ NCPUs: '"many"' })}\n`);
    expect(rejects).toMatchObject([
      { code: 'bad-number', rawText: exportLine({ NCPUs: '"many"' }) },
    ]);
    expect(rejects[0].reason).toContain('"NCPUs" is "many"');
  });
});

/** Reads an export that is given by its lines, the header first. */
function readTable([header, ...lines]: readonly string[], lane: Lane) {
  const { layout } = readHeader('jobs.csv', header, 'h');
  return readLane(utf8(lines.map((line) => `${line}\n`).join('')), layout, 'derecho', lane);
}

function readLane(
  chunk: Uint8Array<ArrayBuffer>,
  layout: QhistLayout,
  machine: keyof typeof CONTEXTS,
  lane: Lane,
) {
  const { batch, ...rest } = readQhistChunk(chunk, layout, CONTEXTS[machine], lane);
  const identities = batch.identities.slice(0, 2 * batch.rows);
  // A text that stands in no line, such as the account of jobs without one, gets its code when it is first needed: in
  // the plain lane, after those of the lines that are read at once.
  const names = batch.tables.map((texts) => texts.toSorted());
  return { ...rest, jobs: decodeBatch(batch), names, identities };
}

function damage(
  line: Uint8Array<ArrayBuffer>,
  { kind, place, bytes }: { kind: 'delete' | 'insert' | 'replace'; place: number; bytes: number[] },
): Uint8Array<ArrayBuffer> {
  const at = place % (line.length + 1);
  const removed = kind === 'insert' ? 0 : bytes.length;
  const inserted = kind === 'delete' ? [] : bytes;
  return Uint8Array.from([...line.subarray(0, at), ...inserted, ...line.subarray(at + removed)]);
}
