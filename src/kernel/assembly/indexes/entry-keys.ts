import { comesBefore, lengthOf, textOf, wordAt } from './job-identities';

/** What is sorted: eight bytes of a text, and the number of its job. */
export const KEY_BYTES: usize = 16;
const JOB: usize = 8;

export function jobOf(key: usize): i32 {
  return load<i32>(key, JOB);
}

/** How many bytes all texts begin with alike. */
export function commonLength(count: i32): i32 {
  if (count === 0) return 0;
  const first = textOf(0);
  let common = lengthOf(0);
  for (let job = 1; job < count && common > 0; job++) {
    const text = textOf(job);
    const most = min(common, lengthOf(job));
    common = 0;
    while (common < most && load<u8>(first + common) === load<u8>(text + common)) common++;
  }
  return common;
}

export function writeKeys(keys: usize, count: i32, common: i32): void {
  let key = keys;
  for (let job = 0; job < count; job++) {
    store<u64>(key, wordAt(textOf(job) + common, lengthOf(job) - common));
    store<i32>(key, job, JOB);
    key += KEY_BYTES;
  }
}

/** Sorts keys, which have as much room behind them, by merging. @returns where they stand then. */
export function sortKeys(keys: usize, count: i32): usize {
  const bytes = <usize>count * KEY_BYTES;
  let from = keys;
  let to = keys + bytes;
  for (let run = KEY_BYTES; run < bytes; run <<= 1) {
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

/** Merges the keys from `first` on and those from `middle` to the end. */
function merge(first: usize, middle: usize, end: usize, to: usize): void {
  // Jobs come almost in the order of their ids.
  if (middle === end || !isBefore(middle, middle - KEY_BYTES)) {
    memory.copy(to, first, end - first);
    return;
  }
  let left = first;
  let right = middle;
  while (left < middle && right < end) {
    const isRight = isBefore(right, left);
    v128.store(to, v128.load(isRight ? right : left));
    right += isRight ? KEY_BYTES : 0;
    left += isRight ? 0 : KEY_BYTES;
    to += KEY_BYTES;
  }
  memory.copy(to, left, middle - left);
  memory.copy(to + (middle - left), right, end - right);
}

function isBefore(key: usize, other: usize): bool {
  const word = load<u64>(key);
  const otherWord = load<u64>(other);
  return word === otherWord ? comesBefore(jobOf(key), jobOf(other)) : word < otherWord;
}
