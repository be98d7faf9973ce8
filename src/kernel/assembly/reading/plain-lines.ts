import { bytes } from './batch';
import { lineCount, lineMarks, marks, oddities } from './marks';
import { readRow, setFields } from './row';

const CARRIAGE_RETURN: u8 = 13;
/** The first byte of a byte order mark, which files that were put together have within. */
const BYTE_ORDER_MARK: u8 = 0xef;

/** How many fields a row of the export has. */
export let columns: i32 = 0;
/** A line that is longer is no row. */
export let longestLine: i32 = 0;
/** Whether the chunk is valid UTF-8; if not, each line is in doubt. */
export let soundEncoding: bool = false;

/** The line that is read next or, once reading has stopped, the line in doubt, with its first byte. */
export let line: i32 = 0;
export let lineStart: usize = 0;
/** Of the line in doubt: behind its last byte, the mark before its first field, how many fields it has. */
export let lineEnd: usize = 0;
export let markBefore: usize = 0;
export let fieldCount: i32 = 0;
/** Whether it has a control character. */
export let controlled: bool = false;

/** Where the next control character is that is neither delimiter nor line feed. */
let oddity: usize = 0;

/** Before the first line is read. */
export function beginLines(): void {
  line = 0;
  lineStart = bytes;
  markBefore = marks;
  oddity = oddities;
}

/**
 * Reads lines into the batch as long as they are beyond doubt rows of an export and jobs.
 * @returns whether that was all; otherwise it stopped at a line in doubt.
 */
export function readLines(): bool {
  while (line < lineCount) {
    const feedMark = <usize>load<u32>(lineMarks + ((<usize>line) << 2));
    const feed = <usize>load<u32>(feedMark);
    lineEnd = feed;
    fieldCount = <i32>((feedMark - markBefore) >> 2);
    controlled = <usize>load<u32>(oddity) < feed && !isReturnAlone(feed);
    const hasReturn = feed > lineStart && load<u8>(feed - 1) === CARRIAGE_RETURN;
    if (hasReturn) lineEnd--;
    const plain =
      !controlled &&
      fieldCount === columns &&
      soundEncoding &&
      load<u8>(lineStart) !== BYTE_ORDER_MARK &&
      <i32>(lineEnd - lineStart) <= longestLine;
    if (!plain) return false;
    setFields(markBefore);
    // The last field ends before the carriage return, and the next line begins behind the line feed.
    if (hasReturn) store<u32>(feedMark, <u32>lineEnd);
    const isJob = readRow(line);
    if (hasReturn) store<u32>(feedMark, <u32>feed);
    if (!isJob) return false;
    passLine();
  }
  return true;
}

/** Goes on behind the line. */
export function passLine(): void {
  markBefore = <usize>load<u32>(lineMarks + ((<usize>line) << 2));
  const feed = <usize>load<u32>(markBefore);
  while (<usize>load<u32>(oddity) < feed) oddity += 4;
  lineStart = feed + 1;
  line++;
}

/** Whether the only control character of the line is the carriage return that ends it. */
function isReturnAlone(feed: usize): bool {
  const only = <usize>load<u32>(oddity, 4) > feed;
  return only && <usize>load<u32>(oddity) === feed - 1 && load<u8>(feed - 1) === CARRIAGE_RETURN;
}
