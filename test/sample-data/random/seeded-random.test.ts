import { describe, expect, it } from 'vitest';
import { portableExp } from '../../../sample-data/random/portable-exp.ts';
import { SeededRandom } from '../../../sample-data/random/seeded-random.ts';
import { WeightedChoice } from '../../../sample-data/random/weighted-choice.ts';

/** As a second implementation, in another language, gives them. */
const PINNED_DRAWS = [807_819_545, 4_156_877_796, 3_483_098_874, 1_668_188_456];

describe('SeededRandom', () => {
  it('gives the same stream for a seed on every host', () => {
    expect(draws('qledger', 4)).toEqual(PINNED_DRAWS);
  });

  it('gives unrelated streams for neighbouring seeds', () => {
    const streams = Array.from({ length: 50 }, (_, seed) => draws(`seed ${seed}`, 20));
    expect(new Set(streams.flat()).size).toBe(50 * 20);
  });

  it('draws whole numbers between two bounds, both of them included', () => {
    const random = new SeededRandom('bounds');
    const drawn = new Set(Array.from({ length: 500 }, () => random.between(3, 6)));
    expect([...drawn].sort()).toEqual([3, 4, 5, 6]);
  });

  it('draws normal numbers of mean 0 and deviation 1', () => {
    const random = new SeededRandom('normal');
    const drawn = Array.from({ length: 100_000 }, () => random.normal());
    expect(mean(drawn)).toBeCloseTo(0, 1);
    expect(mean(drawn.map((number) => number * number))).toBeCloseTo(1, 1);
  });
});

describe('portableExp', () => {
  it('agrees with Math.exp', () => {
    for (let x = -40; x <= 40; x += 0.37) {
      expect(portableExp(x) / Math.exp(x)).toBeCloseTo(1, 13);
    }
  });
});

describe('WeightedChoice', () => {
  it('draws each thing as often as its weight says', () => {
    const random = new SeededRandom('weights');
    const choice = new WeightedChoice(['never', 'seldom', 'often'], (_, index) => index * index);
    const drawn = Array.from({ length: 50_000 }, () => choice.draw(random));
    expect(drawn.filter((thing) => thing === 'never')).toHaveLength(0);
    expect(drawn.filter((thing) => thing === 'seldom').length / drawn.length).toBeCloseTo(0.2, 1);
  });

  it('knows the mean of what it draws', () => {
    expect(new WeightedChoice([1, 10], (number) => number).mean((number) => number)).toBe(101 / 11);
  });
});

function draws(seed: string, count: number): number[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, () => random.next32());
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
