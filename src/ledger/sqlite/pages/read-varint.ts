const LONGEST = 9;

/**
 * A variable-length integer: seven bits a byte, the highest bit set on all but the last; of nine bytes the last
 * one has eight. Exact to 2^53. SQLite file format, section 1.6.
 */
export function readVarint(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let i = 0; i < LONGEST - 1; i++) {
    const byte = bytes[at + i];
    if (byte < 128) return value * 128 + byte;
    value = value * 128 + (byte & 0x7f);
  }
  return longest(bytes, at);
}

/** Only a negative number takes all nine. */
function longest(bytes: Uint8Array, at: number): number {
  let value = 0n;
  for (let i = 0; i < LONGEST - 1; i++) value = (value << 7n) | BigInt(bytes[at + i] & 0x7f);
  return Number(BigInt.asIntN(64, (value << 8n) | BigInt(bytes[at + LONGEST - 1])));
}

/** How many bytes the integer takes that begins here. */
export function varintBytes(bytes: Uint8Array, at: number): number {
  let length = 1;
  while (length < LONGEST && bytes[at + length - 1] >= 128) length++;
  return length;
}
