import { Rejection } from '../reject.ts';
import type { QhistLayout } from './layout.ts';
import type { FieldSpans } from './row-sink.ts';

/** More than this is not a stray comma or two, and would take ever more tries. */
export const MOST_SURPLUS_FIELDS = 6;

/**
 * Lines with more fields than the header, as they come of a delimiter in a text: qhist quotes none. Fields
 * are joined again where exactly one way of doing so gives a job.
 */
export class SurplusFields {
  readonly #columns: number;
  readonly #textPlaces: readonly number[];
  /** The way of joining that is tried; one for all lines. */
  readonly #joined: FieldSpans;

  constructor({ columns }: QhistLayout) {
    this.#columns = columns.length;
    this.#textPlaces = columns.flatMap(({ field }, place) =>
      field.kind === 'text' || (field.kind === 'coded' && field.column === 'ptargets')
        ? [place]
        : [],
    );
    this.#joined = {
      count: columns.length,
      starts: new Int32Array(columns.length),
      ends: new Int32Array(columns.length),
    };
  }

  /**
   * @param fields of a line with too many of them, with delimiters between them in the bytes.
   * @param isJob whether each joined field is such as its column holds.
   * @returns the fields of the only way that gives a job; valid until the next call.
   * @throws Rejection `field-count` where there is no such way or more than one.
   */
  join(fields: FieldSpans, isJob: (joined: FieldSpans) => boolean): FieldSpans {
    const surplus = fields.count - this.#columns;
    if (surplus > MOST_SURPLUS_FIELDS) throw this.#rejection(fields, 'too many to join');
    const ways = waysToShare(surplus, this.#textPlaces.length).filter((shares) => {
      this.#fill(fields, shares);
      return isJob(this.#joined);
    });
    if (ways.length === 0) throw this.#rejection(fields, 'and no way of joining them gives a job');
    if (ways.length > 1) {
      throw this.#rejection(fields, `and ${ways.length} ways of joining them give a job`);
    }
    this.#fill(fields, ways[0]);
    return this.#joined;
  }

  /** @param shares how many surplus fields each text takes in. */
  #fill({ starts, ends }: FieldSpans, shares: readonly number[]): void {
    let from = 0;
    for (let place = 0; place < this.#columns; place++) {
      const text = this.#textPlaces.indexOf(place);
      const to = from + (text === -1 ? 0 : shares[text]);
      this.#joined.starts[place] = starts[from];
      this.#joined.ends[place] = ends[to];
      from = to + 1;
    }
  }

  #rejection({ count }: FieldSpans, why: string): Rejection {
    return new Rejection(
      'field-count',
      `expected ${this.#columns} fields as in the header, found ${count}, ${why}`,
    );
  }
}

/** All ways to give `surplus` fields to so many texts. */
function waysToShare(surplus: number, texts: number): number[][] {
  if (texts === 0) return [];
  if (texts === 1) return [[surplus]];
  return Array.from({ length: surplus + 1 }, (_, first) =>
    waysToShare(surplus - first, texts - 1).map((others) => [first, ...others]),
  ).flat();
}
