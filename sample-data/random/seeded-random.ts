import { portableExp } from './portable-exp.ts';

/** Eight 16-bit uniforms: their mean sum, and their standard deviation 65536 x sqrt(8 / 12), rounded. */
const NORMAL_MEAN = 262_140;
const NORMAL_DEVIATION = 53_510;
const WARM_UP_ROUNDS = 16;

/**
 * A stream of numbers that a seed text decides entirely: the sfc32 generator (Doty-Humphrey's PractRand),
 * 128 bits of state. Every draw uses exact arithmetic only, so a seed gives the same stream on any host.
 */
export class SeededRandom {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: string) {
    this.#a = hash32(seed, 0x811c9dc5);
    this.#b = hash32(seed, 0x9e3779b9);
    this.#c = hash32(seed, 0x85ebca6b);
    for (let i = 0; i < WARM_UP_ROUNDS; i++) this.next32();
  }

  /** A whole number from 0 to 2^32 - 1. */
  next32(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** From 0 inclusive to 1 exclusive. */
  unit(): number {
    return this.next32() / 0x1_0000_0000;
  }

  /** A whole number from 0 to count - 1. */
  below(count: number): number {
    return Math.floor(this.unit() * count);
  }

  /** A whole number from first to last, both included. */
  between(first: number, last: number): number {
    return first + this.below(last - first + 1);
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)];
  }

  /** Standard normal to within what a sum of eight uniforms can give: nothing lies beyond 4.9. */
  normal(): number {
    let sum = 0;
    for (let i = 0; i < 4; i++) {
      const bits = this.next32();
      sum += (bits & 0xffff) + (bits >>> 16);
    }
    return (sum - NORMAL_MEAN) / NORMAL_DEVIATION;
  }

  /** @param spread the standard deviation of the natural logarithm. */
  logNormal(median: number, spread: number): number {
    return median * portableExp(spread * this.normal());
  }
}

/** FNV-1a with a finishing mix, so that neighbouring seeds share nothing. */
function hash32(text: string, basis: number): number {
  let hash = basis | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return hash ^ (hash >>> 15);
}
