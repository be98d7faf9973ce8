const WORD_BYTES: usize = 8;

/** Sorts words of 64 bits, which have as much room behind them, by merging. @returns where they stand then. */
export function sortWords(words: usize, bytes: usize): usize {
  let from = words;
  let to = words + bytes;
  for (let run = WORD_BYTES; run < bytes; run <<= 1) {
    for (let first: usize = 0; first < bytes; first += run << 1) {
      const middle = min(first + run, bytes);
      merge(from + first, from + middle, from + min(middle + run, bytes), to + first);
    }
    const merged = to;
    to = from;
    from = merged;
  }
  return from;
}

/** Merges the words from `first` on and those from `middle` to the end. */
function merge(first: usize, middle: usize, end: usize, to: usize): void {
  let left = first;
  let right = middle;
  while (left < middle && right < end) {
    const word = load<u64>(left);
    const other = load<u64>(right);
    const isRight = other < word;
    store<u64>(to, isRight ? other : word);
    right += isRight ? WORD_BYTES : 0;
    left += isRight ? 0 : WORD_BYTES;
    to += WORD_BYTES;
  }
  memory.copy(to, left, middle - left);
  memory.copy(to + (middle - left), right, end - right);
}
