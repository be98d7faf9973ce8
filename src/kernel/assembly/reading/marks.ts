import { bytes } from './batch';

const LINE_FEED: i8 = 10;
const QUOTE: i8 = 34;
const FIRST_PRINTABLE: i8 = 32;
/** All bytes of a block are compared at once, and there is a bit for each. */
const BLOCK_BYTES: usize = 64;
/** Addresses are written by eight, also where fewer are left: that needs no branch. */
const GROUP_BYTES: usize = 32;

/** Behind the last byte of the chunk; there are zeros for one block more. */
export let bytesEnd: usize = 0;
export let delimiter: i32 = 0;

/** The addresses of delimiters and line feeds, ascending, behind that of the byte before the chunk. */
export let marks: usize = 0;
/** For each line where among the marks its line feed is. */
export let lineMarks: usize = 0;
/** The addresses of all other control characters, ascending, and the highest of all addresses behind them. */
export let oddities: usize = 0;

export let lineCount: i32 = 0;
export let hasQuote: bool = false;
export let isAscii: bool = false;

/** Finds what cuts the chunk into lines and fields. Whether a byte is a mark no branch can foresee, so none asks. */
export function findMarks(): void {
  const delimiters = i8x16.splat(<i8>delimiter);
  const feeds = i8x16.splat(LINE_FEED);
  const quotes = i8x16.splat(QUOTE);
  const printables = i8x16.splat(FIRST_PRINTABLE);
  let seen = i8x16.splat(0);
  let quoted = i8x16.splat(0);
  let mark = marks;
  let lineMark = lineMarks;
  let oddity = oddities;
  store<u32>(mark, <u32>(bytes - 1));
  mark += 4;
  for (let block = bytes; block < bytesEnd; block += BLOCK_BYTES) {
    const a = v128.load(block);
    const b = v128.load(block, 16);
    const c = v128.load(block, 32);
    const d = v128.load(block, 48);
    let ends = equalBits(a, b, c, d, feeds);
    let cuts = equalBits(a, b, c, d, delimiters) | ends;
    let controls = belowBits(a, b, c, d, printables);
    seen = v128.or(seen, v128.or(v128.or(a, b), v128.or(c, d)));
    quoted = v128.or(quoted, anyEqual(a, b, c, d, quotes));
    const rest = bytesEnd - block;
    if (rest < BLOCK_BYTES) {
      const within = ((<u64>1) << rest) - 1;
      ends &= within;
      cuts &= within;
      controls &= within;
    }
    for (let left = ends; left !== 0; left &= left - 1) {
      const before = popcnt(cuts & (left ^ (left - 1))) - 1;
      store<u32>(lineMark, <u32>(mark + ((<usize>before) << 2)));
      lineMark += 4;
    }
    for (let left = controls & ~cuts; left !== 0; left &= left - 1) {
      store<u32>(oddity, <u32>(block + <usize>ctz(left)));
      oddity += 4;
    }
    const next = mark + ((<usize>popcnt(cuts)) << 2);
    let left = cuts;
    for (; left !== 0; mark += GROUP_BYTES) left = storeGroup(mark, block, left);
    mark = next;
  }
  store<u32>(oddity, u32.MAX_VALUE);
  lineCount = <i32>((lineMark - lineMarks) >> 2);
  hasQuote = i8x16.bitmask(quoted) !== 0;
  isAscii = i8x16.bitmask(seen) === 0;
}

/** @returns the bits that are left. */
function storeGroup(at: usize, block: usize, bits: u64): u64 {
  let left = bits;
  store<u32>(at, <u32>(block + <usize>ctz(left)));
  left &= left - 1;
  store<u32>(at, <u32>(block + <usize>ctz(left)), 4);
  left &= left - 1;
  store<u32>(at, <u32>(block + <usize>ctz(left)), 8);
  left &= left - 1;
  store<u32>(at, <u32>(block + <usize>ctz(left)), 12);
  left &= left - 1;
  store<u32>(at, <u32>(block + <usize>ctz(left)), 16);
  left &= left - 1;
  store<u32>(at, <u32>(block + <usize>ctz(left)), 20);
  left &= left - 1;
  store<u32>(at, <u32>(block + <usize>ctz(left)), 24);
  left &= left - 1;
  store<u32>(at, <u32>(block + <usize>ctz(left)), 28);
  return left & (left - 1);
}

/** A bit for each byte of a block that is the byte of `what`. */
function equalBits(a: v128, b: v128, c: v128, d: v128, what: v128): u64 {
  return bitsOf(i8x16.eq(a, what), i8x16.eq(b, what), i8x16.eq(c, what), i8x16.eq(d, what));
}

/** A bit for each byte that is below that of `what`. */
function belowBits(a: v128, b: v128, c: v128, d: v128, what: v128): u64 {
  return bitsOf(i8x16.lt_u(a, what), i8x16.lt_u(b, what), i8x16.lt_u(c, what), i8x16.lt_u(d, what));
}

function anyEqual(a: v128, b: v128, c: v128, d: v128, what: v128): v128 {
  const first = v128.or(i8x16.eq(a, what), i8x16.eq(b, what));
  return v128.or(first, v128.or(i8x16.eq(c, what), i8x16.eq(d, what)));
}

function bitsOf(a: v128, b: v128, c: v128, d: v128): u64 {
  const low = <u32>i8x16.bitmask(a) | ((<u32>i8x16.bitmask(b)) << 16);
  const high = <u32>i8x16.bitmask(c) | ((<u32>i8x16.bitmask(d)) << 16);
  return <u64>low | ((<u64>high) << 32);
}
