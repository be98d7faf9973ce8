const WORD_BYTES: usize = 4;

/** Two hashes of a job's submission and id, to be the same as those of `JobBatchBuilder`. */
export function storeIdentity(at: usize, submit: f64, start: usize, end: usize): void {
  let first = mix(mix(0, <u32>(<i64>submit)), <u32>(end - start));
  let second = first;
  for (let word = start; word + WORD_BYTES < end; word += WORD_BYTES) {
    first = mix(first, load<u32>(word));
    second = mix(second, first);
  }
  first = mix(first, tailOf(start, end));
  second = mix(second, first);
  store<u32>(at, first);
  store<u32>(at, second, WORD_BYTES);
}

function tailOf(start: usize, end: usize): u32 {
  if (end - start >= WORD_BYTES) return load<u32>(end - WORD_BYTES);
  let word: u32 = 0;
  for (let at = start; at < end; at++) word = (word << 8) | load<u8>(at);
  return word;
}

function mix(hash: u32, word: u32): u32 {
  const product = (hash ^ word) * 0x9e3779b1;
  return product ^ (product >> 15);
}
