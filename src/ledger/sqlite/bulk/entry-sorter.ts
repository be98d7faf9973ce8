import {
  compareEntries,
  ENTRY_HEADER_BYTES,
  type EntryBlock,
  textLengthAt,
} from './entry-block.ts';

/** Up to so many entries are fewer steps to insert than to pack and unpack. */
const FEW = 16;
/** Of four bytes each; texts that agree further than this are compared as a whole. */
const MOST_LEVELS = 4;
/** The place of each half in a number of 64 bits, on this machine. */
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0];
const LOW = 1 - HIGH;

/**
 * Sorts entries of the unique index. Comparing texts one by one would take as long as encoding half a row, so
 * four bytes of each text, behind what all have in common, are packed with the entry's place into one number of
 * 64 bits, and those have a native sort. Entries that agree in these four bytes are sorted by the next four.
 */
export class EntrySorter {
  #keys = new BigUint64Array(0);
  #halves = new Uint32Array(0);

  /** Sorts places in a block by the entries that stand there. */
  sort(places: Uint32Array, block: EntryBlock): void {
    if (this.#keys.length < places.length) {
      this.#keys = new BigUint64Array(2 * places.length);
      this.#halves = new Uint32Array(this.#keys.buffer);
    }
    this.#sortPart(places, 0, places.length, block, 0);
  }

  #sortPart(places: Uint32Array, from: number, to: number, block: EntryBlock, level: number): void {
    if (to - from <= FEW) {
      insertionSort(places, from, to, block);
      return;
    }
    if (level === MOST_LEVELS) {
      places.subarray(from, to).sort((a, b) => compareEntries(block, a, block, b));
      return;
    }
    const halves = this.#halves;
    const common = commonLength(places, from, to, block);
    for (let i = from; i < to; i++) {
      halves[2 * i + HIGH] = fourBytes(block, places[i], common);
      halves[2 * i + LOW] = places[i];
    }
    this.#keys.subarray(from, to).sort();
    for (let i = from; i < to; i++) places[i] = halves[2 * i + LOW];
    for (let first = from; first < to; ) {
      const four = halves[2 * first + HIGH];
      let next = first + 1;
      while (next < to && halves[2 * next + HIGH] === four) next++;
      if (next - first > 1) this.#sortPart(places, first, next, block, level + 1);
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

/** Bytes of a text as a number; where the text has ended they are 0. */
function fourBytes(block: EntryBlock, at: number, from: number): number {
  const { bytes } = block;
  const start = at + ENTRY_HEADER_BYTES;
  const length = textLengthAt(block, at);
  let four = 0;
  for (let i = from; i < from + 4; i++) four = (four << 8) | (i < length ? bytes[start + i] : 0);
  return four >>> 0;
}
