import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../../ledger/sqlite/bulk/property-runs.ts';
import { anyMutilation, mutilate } from '../mutilate.ts';
import { listOf, recordOf } from './list-text.ts';
import { idsOf, readList } from './read-list.ts';

const { numRuns, timeoutMs } = propertyRuns(1000);

const IDS = ['1.s', '2.s', '3.s', '4.s'];
const RECORDS = IDS.map((id) => recordOf(id));
const LINE_FEED = Buffer.from('\n');

/** Random bytes, and lines of records, which are the likeliest to mislead. */
const anyJunk = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
      fc.constantFrom('9.s', '   User = eve', '\n', '  ', '=').map((text) => Buffer.from(text)),
      fc
        .tuple(fc.nat(600), fc.nat(600))
        .map(([start, length]) => Buffer.from(RECORDS[0].slice(start, start + length))),
    ),
    { maxLength: 6 },
  )
  .map((pieces) => Buffer.concat(pieces));

describe('damage to one record', () => {
  it(
    'costs no other one, as long as a blank line ends it',
    () => {
      fc.assert(
        fc.property(
          fc.nat(IDS.length - 1),
          fc.array(anyMutilation, { minLength: 1, maxLength: 4 }),
          fc.constantFrom('\n\n', '\r\n\r\n', '\n \n'),
          (damaged, mutilations, end) => {
            const records = RECORDS.map((text, at) => {
              const record = Buffer.from(text.trimEnd());
              return at === damaged ? mutilations.reduce(mutilate, record) : record;
            });
            const read = readList(Buffer.concat(records.flatMap((b) => [b, Buffer.from(end)])));
            expect(idsOf(read)).toEqual(expect.arrayContaining(IDS.toSpliced(damaged, 1)));
          },
        ),
        { numRuns },
      );
    },
    timeoutMs,
  );

  it('that loses the end of its last line costs the next one, and none after it', () => {
    const text = listOf(RECORDS).replace(`${RECORDS[1]}\n`, RECORDS[1].slice(0, -20));
    const read = readList(text);
    expect(idsOf(read)).toEqual(['1.s', '4.s']);
    expect(read.rejects).toMatchObject([{ code: 'bad-record' }]);
  });
});

describe('junk before and between records', () => {
  it(
    'costs none of them, as long as it is whole lines',
    () => {
      fc.assert(
        fc.property(anyJunk, anyJunk, (before, behind) => {
          const bytes = RECORDS.flatMap((text) => [
            ...[before, LINE_FEED, Buffer.from(text), LINE_FEED],
            ...[behind, LINE_FEED],
          ]);
          expect(idsOf(readList(Buffer.concat(bytes)))).toEqual(expect.arrayContaining(IDS));
        }),
        { numRuns },
      );
    },
    timeoutMs,
  );

  it('is never without a trace', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        fc.pre(text.trim() !== '');
        const read = readList(listOf([RECORDS[0], `${text}\n`, RECORDS[1]]));
        expect(idsOf(read)).toEqual(['1.s', '2.s']);
        expect(read.rejects.length).toBeGreaterThan(0);
      }),
    );
  });
});
