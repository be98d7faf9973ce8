import { bytes } from './batch';

const LINE_FEED: i8 = 10;
const QUOTE: i8 = 34;
const FIRST_PRINTABLE: i8 = 32;
/** All bytes of a block are compared at once, and there is a bit for each. */
const BLOCK_BYTES: usize = 64;
const QUARTER: usize = 16;
/** Addresses are written so many at once, also where fewer are left: that needs no branch. */
const GROUP: i32 = 8;

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
    let ends: u64 = 0;
    let cuts: u64 = 0;
    let controls: u64 = 0;
    for (let part: usize = 0; part < BLOCK_BYTES; part += QUARTER) {
      const word = v128.load(block + part);
      const isFeed = i8x16.eq(word, feeds);
      const isCut = v128.or(i8x16.eq(word, delimiters), isFeed);
      ends |= (<u64>(<u32>i8x16.bitmask(isFeed))) << part;
      cuts |= (<u64>(<u32>i8x16.bitmask(isCut))) << part;
      controls |= (<u64>(<u32>i8x16.bitmask(i8x16.lt_u(word, printables)))) << part;
      seen = v128.or(seen, word);
      quoted = v128.or(quoted, i8x16.eq(word, quotes));
    }
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
    let left = cuts;
    const count = <i32>popcnt(cuts);
    for (let written = 0; written < count; written += GROUP) {
      const at = mark + ((<usize>written) << 2);
      for (let i: usize = 0; i < 4 * GROUP; i += 4) {
        store<u32>(at + i, <u32>(block + <usize>ctz(left)));
        left &= left - 1;
      }
    }
    mark += (<usize>count) << 2;
  }
  store<u32>(oddity, u32.MAX_VALUE);
  lineCount = <i32>((lineMark - lineMarks) >> 2);
  hasQuote = i8x16.bitmask(quoted) !== 0;
  isAscii = i8x16.bitmask(seen) === 0;
}
