import { ZoneClock } from '../src/site/zone-clock.ts';
import type { ZoneTable } from '../src/site/zone-table.ts';

const HOUR_SECONDS = 3600;
/** Neighbouring jobs share most of their hours: enough slots for those of some forty days. */
const CACHE_SLOTS = 1024;

/**
 * Prints instants as the wall clock of one zone shows them, `2025-12-31 20:30:33`. In the repeated hour of
 * autumn two instants print the same text, as they do in the exports of a real machine.
 */
export class LocalTimeText {
  readonly #clock: ZoneClock;
  readonly #cachedHours = new Float64Array(CACHE_SLOTS).fill(Number.NaN);
  readonly #cachedTexts = new Array<string>(CACHE_SLOTS).fill('');
  /** `:00:00` to `:59:59`. */
  readonly #withinHour = Array.from({ length: HOUR_SECONDS }, (_, second) =>
    new Date(second * 1000).toISOString().slice(13, 19),
  );

  constructor(table: ZoneTable) {
    this.#clock = new ZoneClock(table);
  }

  print(utcSeconds: number): string {
    const local = utcSeconds + this.#clock.offsetAt(utcSeconds);
    const hour = Math.floor(local / HOUR_SECONDS);
    return this.#hourText(hour) + this.#withinHour[local - hour * HOUR_SECONDS];
  }

  #hourText(hour: number): string {
    const slot = hour & (CACHE_SLOTS - 1);
    if (this.#cachedHours[slot] !== hour) {
      const iso = new Date(hour * HOUR_SECONDS * 1000).toISOString();
      this.#cachedTexts[slot] = `${iso.slice(0, 10)} ${iso.slice(11, 13)}`;
      this.#cachedHours[slot] = hour;
    }
    return this.#cachedTexts[slot];
  }
}
