/**
 * Variable-length integers: seven bits a byte, the highest bit set on all but the last.
 * Only values from 0 to 2^53 are needed here, so the nine-byte form never arises.
 * SQLite file format, section 1.6.
 */
export function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length++;
  return length;
}

/** @returns the offset after the integer. */
export function writeVarint(target: Uint8Array, at: number, value: number): number {
  if (value < 0x80) {
    target[at] = value;
    return at + 1;
  }
  if (value < 0x4000) {
    target[at] = (value >> 7) | 0x80;
    target[at + 1] = value & 0x7f;
    return at + 2;
  }
  const length = varintLength(value);
  let rest = Math.floor(value / 128);
  target[at + length - 1] = value % 128;
  for (let i = at + length - 2; i >= at; i--) {
    target[i] = (rest % 128) | 0x80;
    rest = Math.floor(rest / 128);
  }
  return at + length;
}
