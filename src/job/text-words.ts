/**
 * A text by words of four bytes, wherever it stands, takes far fewer steps than byte by byte: all words that
 * end before the text does, then the tail, which ends with it and so may overlap the word before.
 */
export const WORD_BYTES = 4;

/** @returns the last four bytes, or all of a text that is shorter. */
export function tailWord(view: DataView, start: number, end: number): number {
  if (end - start >= WORD_BYTES) return view.getInt32(end - WORD_BYTES, true);
  let word = 0;
  for (let at = start; at < end; at++) word = (word << 8) | view.getUint8(at);
  return word;
}

/**
 * One step of a hash. What goes in spreads upwards by the multiplication and downwards by the shift, and
 * nothing of it is lost: no other word gives this result after the same hash, nor another hash with this word.
 */
export function mixWord(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return product ^ (product >>> 15);
}
