import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestName } from '../../src/site/nearest-name.ts';

const KEYS = ['time-zone', 'cpu-type', 'gpu-types', 'rules', 'qos'];

describe('nearestName', () => {
  it.each([
    ['timezone', 'time-zone'],
    ['time_zone', 'time-zone'],
    ['cpu-typ', 'cpu-type'],
    ['gpu-type', 'gpu-types'],
    ['rule', 'rules'],
    ['QOS', 'qos'],
  ])('takes %s for %s', (typed, meant) => {
    expect(nearestName(typed, KEYS)).toBe(meant);
  });

  it.each(['colour', 'x', '', 'walltime'])('guesses nothing for %j', (typed) => {
    expect(nearestName(typed, KEYS)).toBeUndefined();
  });

  it('finds any known name itself, and one with a letter too many', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KEYS), fc.nat(), (name, at) => {
        expect(nearestName(name, KEYS)).toBe(name);
        const cut = at % (name.length + 1);
        expect(nearestName(`${name.slice(0, cut)}~${name.slice(cut)}`, [name])).toBe(name);
      }),
    );
  });
});
