import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../../ledger/sqlite/bulk/property-runs.ts';
import { anyMutilation, mutilate } from '../mutilate.ts';
import { exportOf, member } from './json-export.ts';
import { idsOf, readJson } from './read-json.ts';

const { numRuns, timeoutMs } = propertyRuns(1000);

const IDS = ['1.s', '2.s', '3.s', '4.s'];
const INDENTED = IDS.map((id) => member(id));
const COMPACT = IDS.map((id) => member(id, {}, 0));
const anyMembers = fc.constantFrom(INDENTED, COMPACT);
const anySeparator = fc.constantFrom(',\n', ',', '\n', '', ',,', '}{');

/** Random bytes, and pieces of records, which are the likeliest to mislead. */
const anyJunk = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
      fc
        .constantFrom('"', '\\', '{', '}', '\n', '":{', '"9', '"9.s', '"9.s": {', 'a": "', '\\"')
        .map((text) => Buffer.from(text)),
      fc
        .tuple(fc.nat(1200), fc.nat(1200))
        .map(([start, length]) => Buffer.from(INDENTED[0].slice(start, start + length))),
    ),
    { maxLength: 6 },
  )
  .map((pieces) => Buffer.concat(pieces));

describe('damage to one record', () => {
  it(
    'costs no other one, whatever was done to it',
    () => {
      fc.assert(
        fc.property(
          anyMembers,
          anySeparator,
          fc.nat(IDS.length - 1),
          fc.array(anyMutilation, { minLength: 1, maxLength: 4 }),
          (members, separator, damaged, mutilations) => {
            const bytes = members.map((text, at) => {
              const record = Buffer.from(text);
              return at === damaged ? mutilations.reduce(mutilate, record) : record;
            });
            const read = readJson(Buffer.concat(bytes.flatMap((b) => [b, Buffer.from(separator)])));
            expect(idsOf(read)).toEqual(expect.arrayContaining(IDS.toSpliced(damaged, 1)));
          },
        ),
        { numRuns },
      );
    },
    timeoutMs,
  );

  it('changes nothing of what is read of the others', () => {
    const sound = readJson(exportOf(INDENTED)).jobs;
    const broken = INDENTED.with(1, INDENTED[1].slice(0, 500));
    const lost = INDENTED[1].split('\n').length - INDENTED[1].slice(0, 500).split('\n').length;
    expect(readJson(exportOf(broken)).jobs).toEqual([
      sound[0],
      ...sound.slice(2).map((job) => ({ ...job, line: Number(job.line) - lost })),
    ]);
  });
});

describe('junk before, between and behind records', () => {
  it(
    'costs none of them, whatever it is',
    () => {
      fc.assert(
        fc.property(anyMembers, anyJunk, anyJunk, (members, before, behind) => {
          const records = members.flatMap((text) => [before, Buffer.from(text), behind]);
          expect(idsOf(readJson(Buffer.concat(records)))).toEqual(expect.arrayContaining(IDS));
        }),
        { numRuns },
      );
    },
    timeoutMs,
  );

  it('is never without a trace', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        fc.pre(/[^\s{},\uFEFF]/.test(text));
        const read = readJson(exportOf([INDENTED[0], text, INDENTED[1]]));
        expect(idsOf(read)).toEqual(['1.s', '2.s']);
        expect(read.rejects.length).toBeGreaterThan(0);
      }),
    );
  });
});
