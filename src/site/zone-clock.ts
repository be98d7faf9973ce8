import type { ZoneTable } from './zone-table.ts';

const DAY_SECONDS = 86_400;

/** From one second up to another, wall clock and UTC are so many seconds apart. */
export interface OffsetPeriod {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/**
 * Converts between UTC and the wall clock of one zone, in whole epoch seconds. A "local second" is the
 * wall-clock reading counted as if it were UTC; a "local day" is the number of local days since 1970-01-01.
 *
 * History comes almost sorted, so the last offset period is kept and most calls touch no table.
 */
export class ZoneClock {
  readonly zone: string;
  readonly #starts: Float64Array;
  readonly #offsets: Float64Array;
  #period = 0;
  /** Readings from here up to there mean one instant, by the offset of one period; none at first. */
  #plainFrom = 0;
  #plainTo = 0;
  #plainOffset = 0;

  constructor(table: ZoneTable) {
    this.zone = table.zone;
    this.#starts = table.starts;
    this.#offsets = table.offsets;
  }

  /** Seconds east of UTC at an instant. */
  offsetAt(utcSeconds: number): number {
    return this.#offsets[this.#periodAt(utcSeconds)];
  }

  /**
   * The instant of a wall-clock reading; the earlier of the two in the repeated hour of autumn,
   * NaN in the skipped hour of spring.
   */
  utcFromLocal(localSeconds: number): number {
    const period = this.#periodAt(localSeconds - this.#offsets[this.#period]);
    // An offset period holds the reading if the instant that it gives lies inside the period. The
    // earlier period is asked first: in the repeated hour both hold it, and it gives the earlier instant.
    for (let i = Math.max(0, period - 1); i <= period + 1 && i < this.#starts.length; i++) {
      const utcSeconds = localSeconds - this.#offsets[i];
      if (utcSeconds >= this.#starts[i] && utcSeconds < this.#periodEnd(i)) return utcSeconds;
    }
    return Number.NaN;
  }

  /** The instant of a wall-clock reading that means just one; NaN where it means two or none. */
  onlyInstantOf(localSeconds: number): number {
    if (localSeconds >= this.#plainFrom && localSeconds < this.#plainTo) {
      return localSeconds - this.#plainOffset;
    }
    const utcSeconds = this.utcFromLocal(localSeconds);
    if (Number.isNaN(utcSeconds)) return Number.NaN;
    this.#findOffsetPeriod(this.#periodAt(utcSeconds));
    const plain = localSeconds >= this.#plainFrom && localSeconds < this.#plainTo;
    return plain ? utcSeconds : Number.NaN;
  }

  /** The readings around the one asked for last that mean one instant by one offset; at first none. */
  get plainReadings(): OffsetPeriod {
    return { from: this.#plainFrom, to: this.#plainTo, offset: this.#plainOffset };
  }

  /** Around the instant asked for last, from one instant up to another: readings are so many seconds later. */
  get period(): OffsetPeriod {
    const offset = this.#offsets[this.#period];
    return { from: this.#starts[this.#period], to: this.#periodEnd(this.#period), offset };
  }

  /** The second instant that shows the same wall-clock reading as this one, or NaN if there is none. */
  repeatOf(utcSeconds: number): number {
    const period = this.#periodAt(utcSeconds);
    if (period + 1 >= this.#starts.length) return Number.NaN;
    const later = utcSeconds + this.#offsets[period] - this.#offsets[period + 1];
    return later >= this.#starts[period + 1] && later > utcSeconds ? later : Number.NaN;
  }

  localDay(utcSeconds: number): number {
    return Math.floor((utcSeconds + this.offsetAt(utcSeconds)) / DAY_SECONDS);
  }

  /** The instant at which a local day begins: midnight, or the first instant after a skipped midnight. */
  dayStart(localDay: number): number {
    const midnight = localDay * DAY_SECONDS;
    const utcSeconds = this.utcFromLocal(midnight);
    if (!Number.isNaN(utcSeconds)) return utcSeconds;
    // Midnight is skipped: the day begins at the change of offset itself.
    return this.#starts[this.#periodAt(midnight - this.offsetAt(midnight) + DAY_SECONDS / 2)];
  }

  /** Those of a period that neither the one before nor the one after it has too. */
  #findOffsetPeriod(period: number): void {
    const offset = this.#offsets[period];
    const before = this.#offsets[Math.max(0, period - 1)];
    const after = this.#offsets[Math.min(period + 1, this.#offsets.length - 1)];
    this.#plainFrom = this.#starts[period] + Math.max(offset, before);
    this.#plainTo = this.#periodEnd(period) + Math.min(offset, after);
    this.#plainOffset = offset;
  }

  #periodEnd(period: number): number {
    return period + 1 < this.#starts.length ? this.#starts[period + 1] : Number.POSITIVE_INFINITY;
  }

  #periodAt(utcSeconds: number): number {
    const kept = this.#period;
    if (utcSeconds >= this.#starts[kept] && utcSeconds < this.#periodEnd(kept)) return kept;
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle] <= utcSeconds) low = middle;
      else high = middle - 1;
    }
    this.#period = low;
    return low;
  }
}
