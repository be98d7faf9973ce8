import {
  compareEntries,
  ENTRY_HEADER_BYTES,
  type EntryBlock,
  textLengthAt,
} from './entry-block.ts';
import { viewOf } from './view-of.ts';

/** Up to so many entries are fewer steps to insert than to pack and unpack. */
const FEW = 16;
/** Of six bytes each; texts that agree further than this are compared as a whole. */
const MOST_LEVELS = 4;
/** As many as two bytes tell apart; a batch has fewer. */
const MOST_PACKED = 1 << 16;
/** The place of each half in a number of 64 bits, on this machine. */
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0];
const LOW = 1 - HIGH;

/**
 * Sorts entries of the unique index. Comparing texts one by one would take as long as encoding half a row, so
 * six bytes of each text, behind what all have in common, are packed with the entry's number into one number of
 * 64 bits, and those have a native sort. Entries that agree in these six bytes are sorted by the next six.
 */
export class EntrySorter {
  #keys = new BigUint64Array(0);
  #halves = new Uint32Array(0);
  #unsorted = new Uint32Array(0);

  /** Sorts places in a block by the entries that stand there. */
  sort(places: Uint32Array, block: EntryBlock): void {
    if (this.#keys.length < places.length) {
      this.#keys = new BigUint64Array(2 * places.length);
      this.#halves = new Uint32Array(this.#keys.buffer);
      this.#unsorted = new Uint32Array(2 * places.length);
    }
    this.#sortPart(places, 0, places.length, block, viewOf(block.bytes), 0);
  }

  #sortPart(
    places: Uint32Array,
    from: number,
    to: number,
    block: EntryBlock,
    view: DataView,
    level: number,
  ): void {
    if (to - from <= FEW) {
      insertionSort(places, from, to, block);
      return;
    }
    if (level === MOST_LEVELS || to - from > MOST_PACKED) {
      places.subarray(from, to).sort((a, b) => compareEntries(block, a, block, b));
      return;
    }
    const halves = this.#halves;
    const unsorted = this.#unsorted;
    const common = commonLength(places, from, to, block);
    for (let i = from; i < to; i++) {
      const place = places[i];
      unsorted[i] = place;
      const text = place + ENTRY_HEADER_BYTES + common;
      const length = textLengthAt(block, place) - common;
      halves[2 * i + HIGH] = fourBytes(view, text, length);
      halves[2 * i + LOW] = (fourBytes(view, text + 4, length - 4) & 0xffff0000) | (i - from);
    }
    this.#keys.subarray(from, to).sort();
    for (let i = from; i < to; i++) places[i] = unsorted[from + (halves[2 * i + LOW] & 0xffff)];
    for (let first = from; first < to; ) {
      const four = halves[2 * first + HIGH];
      const two = halves[2 * first + LOW] >>> 16;
      let next = first + 1;
      while (next < to && halves[2 * next + HIGH] === four && halves[2 * next + LOW] >>> 16 === two)
        next++;
      if (next - first > 1) this.#sortPart(places, first, next, block, view, level + 1);
      first = next;
    }
  }
}

function insertionSort(places: Uint32Array, from: number, to: number, block: EntryBlock): void {
  for (let i = from + 1; i < to; i++) {
    const place = places[i];
    let at = i;
    while (at > from && compareEntries(block, places[at - 1], block, place) > 0) {
      places[at] = places[at - 1];
      at--;
    }
    places[at] = place;
  }
}

/** How many bytes the texts of some entries begin with alike. */
function commonLength(places: Uint32Array, from: number, to: number, block: EntryBlock): number {
  const { bytes } = block;
  const first = places[from] + ENTRY_HEADER_BYTES;
  let common = textLengthAt(block, places[from]);
  for (let i = from + 1; i < to && common > 0; i++) {
    const start = places[i] + ENTRY_HEADER_BYTES;
    const most = Math.min(common, textLengthAt(block, places[i]));
    common = 0;
    while (common < most && bytes[start + common] === bytes[first + common]) common++;
  }
  return common;
}

/** Bytes of a text as a number, of which so many are left; where the text has ended they are 0. */
function fourBytes(view: DataView, at: number, left: number): number {
  if (left >= 4) return view.getUint32(at);
  let four = 0;
  for (let i = 0; i < 4; i++) four = (four << 8) | (i < left ? view.getUint8(at + i) : 0);
  return four >>> 0;
}
