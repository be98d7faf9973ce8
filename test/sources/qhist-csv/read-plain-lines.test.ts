import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHeader } from '../../../src/sources/qhist-csv/layout.ts';
import { type Lane, readQhistChunk } from '../../../src/sources/qhist-csv/read-chunk.ts';
import { type DecodedJob, decodeBatch } from '../decode-batch.ts';
import { utf8 } from '../field-bytes.ts';
import { readingContextOf } from '../reading-context-of.ts';
import { ALL_LABELS, exportLine, type Label } from './export-line.ts';

const CONTEXT = readingContextOf('derecho');
const RUNS = Number(process.env.QLEDGER_PROPERTY_RUNS ?? 1000);

/** More digits than 64 bits hold, leading zeros, all decimals that a double prints, and none. */
const anyDecimal = fc
  .tuple(fc.stringMatching(/^0{0,3}[0-9]{1,12}$/), fc.stringMatching(/^0{0,8}[0-9]{0,18}$/))
  .map(([whole, fraction]) => (fraction === '' ? whole : `${whole}.${fraction}`));
const anyPrintedDouble = fc.double({ min: 0, max: 1e6, noNaN: true }).map(String);

describe('a line of a plain export', () => {
  it('has the very double that a decimal number is nearest to', () => {
    fc.assert(
      fc.property(fc.oneof(anyDecimal, anyPrintedDouble), (text) => {
        expect(jobOf({ 'Avg CPU': text }).avgcpu).toBe(Number(text));
      }),
      { numRuns: RUNS },
    );
  });

  it('has the second that a count of hours is nearest to, halves rounded up', () => {
    const halves = fc.nat(10_000_000).map((seconds) => `${(seconds * 125) / 1_000_000}`);
    fc.assert(
      fc.property(fc.oneof(anyDecimal, halves), (text) => {
        const seconds = roundedProduct(text, 3600n);
        fc.pre(seconds <= BigInt(Number.MAX_SAFE_INTEGER));
        expect(jobOf({ Walltime: text }).walltime).toBe(Number(seconds));
      }),
      { numRuns: RUNS },
    );
  });

  it('has whole numbers up to the largest that a ledger counts', () => {
    fc.assert(
      fc.property(fc.nat(Number.MAX_SAFE_INTEGER), fc.constantFrom('', '.0'), (count, fraction) => {
        fc.pre(count < 1e15);
        expect(jobOf({ NCPUs: `${count}${fraction}` }).numcpus).toBe(count);
      }),
      { numRuns: RUNS },
    );
  });

  it('has the instant of any date of the calendar, and is a reject for any other', () => {
    const two = (most: number) => fc.nat(most).map((value) => `${value}`.padStart(2, '0'));
    const anyReading = fc.tuple(fc.integer({ min: 1899, max: 2105 }), two(13), two(32), two(24));
    fc.assert(
      fc.property(anyReading, ([year, month, day, hour]) => {
        const reading = `${year}-${month}-${day} ${hour}:59:60`.replace(
          /60$/,
          day === '07' ? '60' : '59',
        );
        const fields = { 'Eligible Time': reading };
        expect(read([fields, fields], 'plain')).toEqual(read([fields, fields], 'csv'));
      }),
      { numRuns: RUNS },
    );
  });

  it('is a job among others, however short they are', () => {
    const { layout } = readHeader('jobs.csv', 'Job ID,User,Queue,Job Submit,Job End', 'h');
    const chunk = utf8(Array.from({ length: 9 }, (_, i) => `${i},u,q,0,0\n`).join(''));
    const [plain, csv] = (['plain', 'csv'] as const).map((lane) =>
      decodeBatch(readQhistChunk(chunk, layout, CONTEXT, lane).batch),
    );
    expect(plain).toHaveLength(9);
    expect(plain).toEqual(csv);
  });

  it('is a job among more distinct texts than the kernel has room for', () => {
    const rows = Array.from({ length: 6000 }, (_, i) => ({
      'Job ID': `${i + 1}.s`,
      User: `user${i}`,
      Account: `${i % 700}`,
      Resources: `1:ncpus=${i + 1}`,
    }));
    const jobs = read(rows, 'plain');
    expect(jobs.map(({ user }) => user)).toEqual(rows.map(({ User }) => User));
    expect(jobs).toEqual(read(rows, 'csv'));
  });
});

/** Read as the second line, for before the first it is not known which readings mean one instant. */
function jobOf(fields: Partial<Record<Label, string>>): DecodedJob {
  return read([{}, fields], 'plain')[1];
}

function read(rows: readonly Partial<Record<Label, string>>[], lane: Lane): DecodedJob[] {
  const { layout } = readHeader('jobs.csv', ALL_LABELS.join(','), 'h');
  const lines = rows.map((fields) => `${exportLine(fields)}\n`).join('');
  return decodeBatch(readQhistChunk(utf8(lines), layout, CONTEXT, lane).batch);
}

/** A decimal number by a whole one, rounded. */
function roundedProduct(text: string, factor: bigint): bigint {
  const [whole, fraction = ''] = text.split('.');
  const one = 10n ** BigInt(fraction.length);
  return (2n * BigInt(whole + fraction) * factor + one) / (2n * one);
}
