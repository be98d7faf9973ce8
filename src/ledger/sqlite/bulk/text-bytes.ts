import { viewOf } from './view-of.ts';

/** Eight bytes at a time are copied in two steps each. */
const WORDS = 8;

/** Bytes that texts stand in, to be copied from. */
export class TextBytes {
  readonly #view: DataView;
  /** Texts that end behind it have too few bytes behind them to be read in words. */
  readonly #wordsEnd: number;

  constructor(bytes: Uint8Array) {
    this.#view = viewOf(bytes);
    this.#wordsEnd = bytes.length - WORDS + 1;
  }

  /** Copies a text. Up to seven bytes more are written behind it, so there must be room for these. */
  copyTo(target: DataView, to: number, from: number, length: number): void {
    const view = this.#view;
    if (from + length > this.#wordsEnd) {
      for (let i = 0; i < length; i++) target.setUint8(to + i, view.getUint8(from + i));
      return;
    }
    for (let i = 0; i < length; i += WORDS) {
      target.setInt32(to + i, view.getInt32(from + i, true), true);
      target.setInt32(to + i + 4, view.getInt32(from + i + 4, true), true);
    }
  }
}
