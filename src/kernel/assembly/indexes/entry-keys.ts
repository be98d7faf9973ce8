import { lengthOf, textOf, wordAt } from './job-identities';

/** What is sorted: eight bytes of a text as a word, and the number of its job. */
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
