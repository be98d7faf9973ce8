import { readEpochSeconds } from '../fields/epoch-seconds.ts';
import { LocalTimeReader } from '../fields/local-time.ts';
import { MALFORMED } from '../fields/malformed.ts';
import type { LocalTimeResolver } from '../local-time-resolver.ts';

const CLOCK_LENGTH = 'YYYY-MM-DD HH:MM:SS'.length;
/** A fraction of a second, which is cut off, and the distance from UTC. */
const AFTER_CLOCK = /^(?:\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?$/;
const ASCII_LIMIT = 128;
const MINUTE_SECONDS = 60;

/** Reads times as old databases have them: `2026-01-31 23:59:59.000000`, with a `T`, a zone, or as epoch. */
export class OldTimes {
  readonly #resolver: LocalTimeResolver;
  readonly #scratch = new Uint8Array(CLOCK_LENGTH);
  readonly #reader = new LocalTimeReader(new DataView(this.#scratch.buffer));

  constructor(resolver: LocalTimeResolver) {
    this.#resolver = resolver;
  }

  /**
   * @param column its place among the numbers of a job.
   * @returns the instant, or a reading on the wall clock of the source's zone that the resolver has still to
   * settle; MALFORMED where it is neither.
   */
  read(value: string | number, column: number): number {
    if (typeof value === 'number') return this.#instant(String(value));
    if (value.length < CLOCK_LENGTH) return this.#instant(value);
    const local = this.#reader.read(0, this.#write(value));
    if (local === MALFORMED) return MALFORMED;
    if (value.length === CLOCK_LENGTH) return this.#resolver.instantOf(column, local);
    const rest = AFTER_CLOCK.exec(value.slice(CLOCK_LENGTH));
    if (rest === null) return MALFORMED;
    const zone = rest[1];
    return zone === undefined
      ? this.#resolver.instantOf(column, local)
      : this.#instant(String(local - offsetSeconds(zone)));
  }

  #instant(digits: string): number {
    return readEpochSeconds(this.#scratch, 0, this.#write(digits));
  }

  /** Writes as much as a time has. @returns how long it is. */
  #write(text: string): number {
    const length = Math.min(text.length, CLOCK_LENGTH);
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      this.#scratch[i] = code < ASCII_LIMIT ? code : 0;
    }
    return length;
  }
}

function offsetSeconds(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = 60 * Number(zone.slice(1, 3)) + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -MINUTE_SECONDS : MINUTE_SECONDS) * minutes;
}
