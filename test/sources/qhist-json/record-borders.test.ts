import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wholeRecordsEnd } from '../../../src/sources/qhist-json/record-borders.ts';
import { LINE_LIMIT_BYTES } from '../../../src/sources/reject.ts';
import { anyMutilation, mutilate } from '../mutilate.ts';
import { cutInto, readPieces } from '../read-pieces.ts';
import { compactExportOf, exportOf, member } from './json-export.ts';
import { readChunk } from './read-json.ts';

const SHORT = { Resource_List: undefined, resources_used: undefined, exec_vnode: undefined };
const GOOD = ['1.s', '2[3].s'].map((id) => member(id, SHORT));
const BAD = member('5.s', { ...SHORT, end: 'noon' });
const CUT_OFF = member('6.s', SHORT).slice(0, 100);
const STRAY = 'no "record": at all {';
const QUEUED = member('7.s', { ...SHORT, type: 'Q' });
const NAMED = member('8.s', { ...SHORT, jobname: 'Zoë \\"9.s\\": {} 日本 🚀' });
const MIXED = exportOf([GOOD[0], BAD, CUT_OFF, NAMED, STRAY, QUEUED, GOOD[1]]);
const COMPACT = ['1.s', '2.s'].map((id) => member(id, SHORT, 0));

describe('the end of the whole records', () => {
  const text = exportOf(GOOD);
  const firstEnd = text.indexOf('},') + 1;
  const secondEnd = text.lastIndexOf('}', text.lastIndexOf('}', text.lastIndexOf('}') - 1) - 1) + 1;

  it('is behind the last brace of the last one', () => {
    for (let length = 0; length <= text.length; length++) {
      const expected = length >= secondEnd ? secondEnd : length >= firstEnd ? firstEnd : 0;
      expect(wholeRecordsEnd(Buffer.from(text.slice(0, length)))).toBe(expected);
    }
  });

  it('is 0 where there is none', () => {
    for (const none of ['', '\n', '{', exportOf([]), GOOD[0].trimEnd().slice(0, -1)]) {
      expect(wholeRecordsEnd(Buffer.from(none))).toBe(0);
    }
  });

  it('is where the next record begins that ends one that is cut off', () => {
    const broken = exportOf([CUT_OFF, CUT_OFF]);
    expect(wholeRecordsEnd(Buffer.from(broken))).toBe(broken.lastIndexOf('"6.s"'));
  });

  it('is within a record that is too long, which is given up', () => {
    const open = `"1.s": {"jobname": "${'x'.repeat(LINE_LIMIT_BYTES)}`;
    expect(wholeRecordsEnd(Buffer.from(open.slice(0, LINE_LIMIT_BYTES - 1)))).toBe(0);
    expect(wholeRecordsEnd(Buffer.from(open.slice(0, LINE_LIMIT_BYTES)))).toBe(LINE_LIMIT_BYTES);
  });

  it('comes before what is more than any text between records', () => {
    const blanks = ' \n'.repeat(LINE_LIMIT_BYTES);
    expect(wholeRecordsEnd(Buffer.from(blanks))).toBe(blanks.length);
  });
});

describe('a border between chunks, wherever it falls', () => {
  it.each([
    ['jobs alone', exportOf(GOOD)],
    ['jobs, rejects and other records', MIXED],
    ['Windows line ends', MIXED.replaceAll('\n', '\r\n')],
    ['one line', compactExportOf(COMPACT)],
    ['two exports', exportOf([GOOD[0]]) + exportOf([GOOD[1]])],
    ['two exports on one line', compactExportOf([COMPACT[0]]) + compactExportOf([COMPACT[1]])],
    ['a byte order mark', `\uFEFF${exportOf(GOOD)}`],
    ['cut off at its end', MIXED.slice(0, MIXED.lastIndexOf('"account"'))],
  ])('changes nothing of what is read: %s', (_, text) => {
    const bytes = Buffer.from(text);
    const whole = readPieces([bytes], readChunk);
    for (let readBytes = 1; readBytes <= bytes.length; readBytes += readBytes < 60 ? 1 : 7) {
      expect(readPieces(cutInto(bytes, readBytes, wholeRecordsEnd), readChunk)).toEqual(whole);
    }
  });

  it('changes nothing where one is too long', () => {
    const long = member('5.s', { ...SHORT, jobname: 'x {} "'.repeat(LINE_LIMIT_BYTES / 4) });
    const bytes = Buffer.from(exportOf([GOOD[0], long, GOOD[1]]));
    const whole = readPieces([bytes], readChunk);
    expect(whole.jobs).toHaveLength(2);
    expect(whole.rejects[0]).toMatchObject({ code: 'line-too-long' });
    for (const readBytes of [200_000, LINE_LIMIT_BYTES + 300, 2 * LINE_LIMIT_BYTES]) {
      expect(readPieces(cutInto(bytes, readBytes, wholeRecordsEnd), readChunk)).toEqual(whole);
    }
  });

  it('changes nothing of a text that is mutilated in any way', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(MIXED, exportOf(GOOD), compactExportOf(COMPACT)),
        fc.array(anyMutilation, { maxLength: 4 }),
        fc.integer({ min: 1, max: 900 }),
        (text, mutilations, readBytes) => {
          const bytes = mutilations.reduce(mutilate, Buffer.from(text));
          const pieces = cutInto(bytes, readBytes, wholeRecordsEnd);
          expect(readPieces(pieces, readChunk)).toEqual(readPieces([bytes], readChunk));
        },
      ),
      { numRuns: 400 },
    );
  });
});
