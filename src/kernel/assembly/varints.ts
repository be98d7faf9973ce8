/** Variable-length integers below 2^53. SQLite file format, section 1.6. */
export function varintLength(value: u64): i32 {
  let length = 1;
  for (let rest = value >> 7; rest !== 0; rest >>= 7) length++;
  return length;
}

/** @returns where it ends. */
export function writeVarint(at: usize, value: u64): usize {
  if (value < 0x80) {
    store<u8>(at, <u8>value);
    return at + 1;
  }
  const end = at + varintLength(value);
  let rest = value >> 7;
  store<u8>(end - 1, <u8>(value & 0x7f));
  for (let byte = end - 2; byte >= at; byte--) {
    store<u8>(byte, <u8>rest | 0x80);
    rest >>= 7;
  }
  return end;
}
