import { bytes } from './batch';
import { fieldEnds, fieldStarts, readRow } from './row';

const LINE_FEED: u8 = 10;
const CARRIAGE_RETURN: u8 = 13;
const FIRST_PRINTABLE: i8 = 32;
/** The first byte of a byte order mark, which files that were put together have within. */
const MARK: u8 = 0xef;
/** Of a block, all of whose bytes are compared at once. */
const BLOCK_BYTES: usize = 16;

/** Behind the last byte of the chunk; some bytes more can be read. */
export let bytesEnd: usize = 0;
export let delimiter: i32 = 0;
/** How many fields a row of the export has, and of how many at most their places are kept. */
export let columns: i32 = 0;
export let mostFields: i32 = 0;
/** A line that is longer is no row. */
export let longestLine: i32 = 0;
/** Whether the chunk is valid UTF-8; if not, each line is in doubt. */
export let soundEncoding: bool = false;

/** The line that is read next or, once reading has stopped, the line in doubt: its number and its first byte. */
export let line: i32 = 0;
export let lineStart: usize = 0;
/** Of the line in doubt: behind its last byte, its line feed, its fields, and whether a control character is in it. */
export let lineEnd: usize = 0;
export let lineFeed: usize = 0;
export let fieldCount: i32 = 0;
export let controlled: bool = false;

/**
 * Reads lines into the batch as long as they are beyond doubt rows of an export and jobs.
 * @returns whether that was all; otherwise it stopped at a line in doubt, whose fields are cut.
 */
export function readLines(): bool {
  const delimiters = i8x16.splat(<i8>delimiter);
  const printables = i8x16.splat(FIRST_PRINTABLE);
  const lastKept = mostFields - 1;
  let start = lineStart;
  let block = start & ~(BLOCK_BYTES - 1);
  let marks = marksOf(block, delimiters, printables) & (-1 << (<i32>(start - block)));
  let field = 0;
  let controls = 0;
  store<u32>(fieldStarts, <u32>(start - bytes));
  while (true) {
    while (marks === 0) {
      block += BLOCK_BYTES;
      if (block >= bytesEnd) {
        lineStart = start;
        return true;
      }
      marks = marksOf(block, delimiters, printables);
    }
    const at = block + ctz(marks);
    marks &= marks - 1;
    const byte = load<u8>(at);
    if (byte === delimiter) {
      if (field < lastKept) {
        const offset = <u32>(at - bytes);
        store<u32>(fieldEnds + ((<usize>field) << 2), offset);
        store<u32>(fieldStarts + ((<usize>field) << 2), offset + 1, 4);
      }
      field++;
    } else if (byte === LINE_FEED) {
      if (at >= bytesEnd) {
        lineStart = start;
        return true;
      }
      const hasReturn = at > start && load<u8>(at - 1) === CARRIAGE_RETURN;
      const end = at - <usize>hasReturn;
      if (field <= lastKept) store<u32>(fieldEnds + ((<usize>field) << 2), <u32>(end - bytes));
      field++;
      const plain =
        controls === <i32>hasReturn &&
        field === columns &&
        soundEncoding &&
        load<u8>(start) !== MARK &&
        <i32>(end - start) <= longestLine;
      if (!plain || !readRow(line)) {
        lineStart = start;
        lineEnd = end;
        lineFeed = at;
        fieldCount = field;
        controlled = controls > <i32>hasReturn;
        return false;
      }
      line++;
      start = at + 1;
      field = 0;
      controls = 0;
      store<u32>(fieldStarts, <u32>(start - bytes));
    } else controls++;
  }
}

/** Goes on behind the line in doubt. */
export function passLine(): void {
  lineStart = lineFeed + 1;
  line++;
}

/** @returns a bit for each byte of the block that is a delimiter or a control character. */
function marksOf(block: usize, delimiters: v128, printables: v128): i32 {
  const word = v128.load(block);
  return i8x16.bitmask(v128.or(i8x16.eq(word, delimiters), i8x16.lt_u(word, printables)));
}

export function countLines(): i32 {
  const lineFeeds = i8x16.splat(LINE_FEED);
  let lines = 0;
  for (let block = bytes; block < bytesEnd; block += BLOCK_BYTES) {
    let feeds = i8x16.bitmask(i8x16.eq(v128.load(block), lineFeeds));
    const rest = bytesEnd - block;
    if (rest < BLOCK_BYTES) feeds &= (1 << (<i32>rest)) - 1;
    lines += popcnt(feeds);
  }
  return lines;
}
