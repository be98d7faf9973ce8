import { jobOf } from './entry-keys';
import { comesBefore } from './job-identities';

const WORD_BYTES: usize = 8;

/**
 * Sorts records by the word that each begins with, by merging. Behind them is as much room.
 * @template Record u64 for words alone, v128 for keys of jobs, whose texts decide where the words are equal.
 * @returns where they stand then.
 */
export function mergeSort<Record>(records: usize, bytes: usize): usize {
  let from = records;
  let to = records + bytes;
  for (let run = sizeof<Record>(); run < bytes; run <<= 1) {
    for (let first: usize = 0; first < bytes; first += run << 1) {
      const middle = min(first + run, bytes);
      merge<Record>(from + first, from + middle, from + min(middle + run, bytes), to + first);
    }
    const merged = to;
    to = from;
    from = merged;
  }
  return from;
}

/** Merges the records from `first` on and those from `middle` to the end. */
function merge<Record>(first: usize, middle: usize, end: usize, to: usize): void {
  const bytes = sizeof<Record>();
  // History comes almost sorted.
  if (middle === end || !isBefore<Record>(middle, middle - bytes)) {
    memory.copy(to, first, end - first);
    return;
  }
  let left = first;
  let right = middle;
  while (left < middle && right < end) {
    const isRight = isBefore<Record>(right, left);
    store<Record>(to, load<Record>(isRight ? right : left));
    right += isRight ? bytes : 0;
    left += isRight ? 0 : bytes;
    to += bytes;
  }
  memory.copy(to, left, middle - left);
  memory.copy(to + (middle - left), right, end - right);
}

function isBefore<Record>(record: usize, other: usize): bool {
  const word = load<u64>(record);
  const otherWord = load<u64>(other);
  if (sizeof<Record>() === WORD_BYTES) return word < otherWord;
  return word === otherWord ? comesBefore(jobOf(record), jobOf(other)) : word < otherWord;
}
