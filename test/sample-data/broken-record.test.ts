import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenRecord, type RecordField } from '../../sample-data/broken-record.ts';
import { SeededRandom } from '../../sample-data/random/seeded-random.ts';

const fields: readonly RecordField[] = [
  ['who', 'kdraunel'],
  ['from', '1767238300'],
  ['where', 'dec2482'],
  ['cpus', '128'],
  ['to', '1767241942'],
  ['status', '0'],
];
const good = { id: '4200001.desched1', fields };
const spoiling = {
  name: 'who',
  withComma: 'a,b',
  start: 'from',
  end: 'to',
  number: 'cpus',
  unreadableTimes: ['yesterday', '8h15'],
  notNumbers: ['many'],
  earlierTime: '1000',
  notAnId: '?',
  cut: (text: string) => text.slice(0, 2),
};

function broken(kind: number, seed = 1) {
  return brokenRecord(good, kind, new SeededRandom(`test ${seed}`), spoiling);
}

describe('brokenRecord', () => {
  it('stops before the end of the job, inside a field', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { id, fields: left } = broken(0, seed);
        expect(id).toBe(good.id);
        expect(left.slice(0, -1)).toEqual(fields.slice(0, left.length - 1));
        expect(left.length).toBeGreaterThan(1);
        expect(left.length).toBeLessThan(5);
        expect(left.at(-1)?.[1]).toHaveLength(2);
      }),
    );
  });

  it.each([
    [1, 'who', 'a,b'],
    [3, 'to', '1000'],
    [6, 'cpus', 'many'],
  ])('spoils one field in the way %i', (kind, field, text) => {
    const { id, fields: spoilt } = broken(kind);
    expect(id).toBe(good.id);
    expect(Object.fromEntries(spoilt)[field]).toBe(text);
    expect(spoilt.filter(([name]) => name !== field)).toEqual(
      fields.filter(([name]) => name !== field),
    );
  });

  it('puts what is no time where the start was', () => {
    expect(spoiling.unreadableTimes).toContain(Object.fromEntries(broken(2).fields).from);
  });

  it('takes away the id, or all but the id', () => {
    expect(broken(4)).toEqual({ id: '?', fields });
    expect(broken(5)).toEqual({ id: good.id, fields: [] });
  });

  it('begins again after the seventh', () => {
    expect(broken(7 + 4)).toEqual(broken(4));
  });

  it('refuses a record that lacks what it is to spoil', () => {
    const record = { id: '1', fields: [['who', 'x']] as const };
    expect(() => brokenRecord(record, 3, new SeededRandom('x'), spoiling)).toThrow('field to');
  });
});
