import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JobIdReader } from '../../../src/sources/fields/job-id.ts';
import { MALFORMED } from '../../../src/sources/fields/malformed.ts';
import { fieldBytes } from '../field-bytes.ts';

describe('JobIdReader', () => {
  it.each([
    ['4519896.desched1', 4_519_896, null],
    ['4519896', 4_519_896, null],
    ['6049117[28].desched1', 6_049_117, 28],
    ['6049117[0].desched1', 6_049_117, 0],
    ['6049117[28]', 6_049_117, 28],
    ['6049117[].desched1', 6_049_117, null],
    ['6049117[]', 6_049_117, null],
    ['1.casper-pbs', 1, null],
    ['007.s', 7, null],
    ['12.pbs01.hpc.example.org', 12, null],
    ['999999999999999.s', 999_999_999_999_999, null],
    ['1[999999999999999].s', 1, 999_999_999_999_999],
  ])('reads %s', (text, shortId, arrayIndex) => {
    expect(jobId(text)).toEqual({ shortId, arrayIndex });
  });

  it.each([
    '.desched1',
    'desched1',
    '[28].desched1',
    '12.',
    '12[28].',
    '12[28',
    '12[',
    '12[].',
    '12]',
    '12[28]x',
    '12[28][3].s',
    '12[a].s',
    '12[-1].s',
    '12[1-10].s',
    '12[ 1].s',
    '12x.s',
    '-12.s',
    ' 12.s',
    '1234567890123456.s',
    '1[1234567890123456].s',
    'Job ID',
  ])('refuses %s', (text) => {
    expect(jobId(text).shortId).toBe(MALFORMED);
  });

  it('reads any number, index and server that it is printed with', () => {
    const number = fc.nat({ max: 999_999_999_999_999 });
    const index = fc.option(number);
    const server = fc.option(fc.stringMatching(/^[a-z][a-z0-9.-]{0,20}$/));
    fc.assert(
      fc.property(number, index, server, (shortId, arrayIndex, name) => {
        const brackets = arrayIndex === null ? '' : `[${arrayIndex}]`;
        const suffix = name === null ? '' : `.${name}`;
        expect(jobId(`${shortId}${brackets}${suffix}`)).toEqual({ shortId, arrayIndex });
      }),
    );
  });

  it('tells an array from its members and from other jobs', () => {
    const reader = new JobIdReader();
    const ids = ['5[].s', '5[6].s', '5[]', '7.s', '8[.s'].map((text) => {
      read(reader, text);
      return reader.isWholeArray;
    });
    expect(ids).toEqual([true, false, true, false, false]);
  });

  it('keeps nothing of the id that it read before', () => {
    const reader = new JobIdReader();
    const ids = ['5[6].s', '7.s', 'none', '8[].s', '9'].map((text) => read(reader, text));
    expect(ids).toEqual([
      { shortId: 5, arrayIndex: 6 },
      { shortId: 7, arrayIndex: null },
      { shortId: MALFORMED, arrayIndex: null },
      { shortId: 8, arrayIndex: null },
      { shortId: 9, arrayIndex: null },
    ]);
  });
});

function jobId(text: string): { shortId: number; arrayIndex: number | null } {
  return read(new JobIdReader(), text);
}

function read(reader: JobIdReader, text: string): { shortId: number; arrayIndex: number | null } {
  const { bytes, start, end } = fieldBytes(text);
  reader.read(bytes, start, end);
  const { shortId, arrayIndex } = reader;
  return { shortId, arrayIndex: Number.isNaN(arrayIndex) ? null : arrayIndex };
}
