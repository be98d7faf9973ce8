import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wholeRecordsEnd } from '../../../src/sources/qhist-list/record-borders.ts';
import { LINE_LIMIT_BYTES } from '../../../src/sources/reject.ts';
import { anyMutilation, mutilate } from '../mutilate.ts';
import { cutInto, readPieces } from '../read-pieces.ts';
import { listOf, recordOf } from './list-text.ts';
import { readChunk } from './read-list.ts';

const GOOD = ['1.s', '2[3].s'].map((id) => recordOf(id));
const MIXED = listOf([
  GOOD[0],
  recordOf('5.s', { 'Job End': 'noon' }),
  recordOf('6.s').slice(0, 100),
  recordOf('7.s', { Type: 'Q' }),
  'no record\n',
  `${GOOD[1].slice(4)}${recordOf('8.s', { 'Job Name': 'Zoë 日本 🚀' })}`,
]);

describe('the end of the whole records', () => {
  it('is behind the last one that another line ends', () => {
    const text = listOf(GOOD);
    const [firstEnd, secondEnd] = [GOOD[0].length, text.length - 1];
    for (let length = 0; length <= text.length; length++) {
      const expected = length > secondEnd ? secondEnd : length > firstEnd ? firstEnd : 0;
      expect(wholeRecordsEnd(Buffer.from(text.slice(0, length)))).toBe(expected);
    }
  });

  it('is before the id of the next one where no blank line is', () => {
    const text = GOOD.join('');
    const secondStart = GOOD[0].length;
    for (let length = 0; length <= text.length; length++) {
      const known = length > secondStart + '2[3].s'.length;
      expect(wholeRecordsEnd(Buffer.from(text.slice(0, length)))).toBe(known ? secondStart : 0);
    }
  });

  it('is 0 where there is none', () => {
    for (const none of ['', '\n', '1.s', '1.s\n', GOOD[0]]) {
      expect(wholeRecordsEnd(Buffer.from(none))).toBe(0);
    }
  });

  it('is within a record that is too long, which is given up', () => {
    const open = `1.s\n   Job Name = ${'x'.repeat(LINE_LIMIT_BYTES)}`;
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
    ['jobs alone', listOf(GOOD)],
    ['jobs, rejects and other records', MIXED],
    ['Windows line ends', MIXED.replaceAll('\n', '\r\n')],
    ['no blank lines', GOOD.join('')],
    ['no line feed at the end', MIXED.trimEnd()],
    ['a byte order mark', `\uFEFF${MIXED}`],
  ])('changes nothing of what is read: %s', (_, text) => {
    const bytes = Buffer.from(text);
    const whole = readPieces([bytes], readChunk);
    for (let readBytes = 1; readBytes <= bytes.length; readBytes += readBytes < 60 ? 1 : 7) {
      expect(readPieces(cutInto(bytes, readBytes, wholeRecordsEnd), readChunk)).toEqual(whole);
    }
  });

  it('changes nothing where one is too long', () => {
    const long = recordOf('5.s', { 'Job Name': 'x = '.repeat(LINE_LIMIT_BYTES / 3) });
    const bytes = Buffer.from(listOf([GOOD[0], long, GOOD[1]]));
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
        fc.constantFrom(MIXED, listOf(GOOD), GOOD.join('')),
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
