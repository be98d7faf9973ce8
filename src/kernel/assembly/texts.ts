const MIX: u64 = 0x9e3779b97f4a7c15;
const SLOT_BYTES: usize = 16;

function mix(hash: u64, word: u64): u64 {
  const product = (hash ^ word) * MIX;
  return product ^ (product >> 32);
}

/** The bytes of a short text as a word. */
export function shortWord(start: usize, count: i32): u64 {
  return load<u64>(start) & (u64.MAX_VALUE >> ((8 - count) << 3));
}

export function hashOf(start: usize, length: i32): u64 {
  if (length <= 8) return mix(<u64>length, shortWord(start, length));
  let hash: u64 = length;
  const last = start + length - 8;
  for (let at = start; at < last; at += 8) hash = mix(hash, load<u64>(at));
  return mix(hash, load<u64>(last));
}

export function areEqual(first: usize, second: usize, length: i32): bool {
  if (length <= 8) return shortWord(first, length) === shortWord(second, length);
  const last = length - 8;
  for (let i = 0; i < last; i += 8)
    if (load<u64>(first + i) !== load<u64>(second + i)) return false;
  return load<u64>(first + last) === load<u64>(second + last);
}

/**
 * A table at `table` with `slots` slots of 16 bytes: hash 4, code+1 4, start 4, length 4.
 */
export function find(table: usize, mask: i32, start: usize, length: i32): usize {
  const hash = <u32>hashOf(start, length);
  let slot = <i32>hash & mask;
  while (true) {
    const at = table + <usize>slot * SLOT_BYTES;
    const code = load<u32>(at, 4);
    if (code === 0) {
      store<u32>(at, hash);
      return at;
    }
    if (
      load<u32>(at) === hash &&
      load<u32>(at, 12) === <u32>length &&
      areEqual(load<u32>(at, 8), start, length)
    )
      return at;
    slot = (slot + 1) & mask;
  }
}
