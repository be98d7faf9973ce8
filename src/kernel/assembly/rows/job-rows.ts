import { copyText, surplusOfText, writeInteger, writeReal, writeTextType } from '../record-values';
import {
  CODED_TEXT_COLUMN,
  COLUMN_PLAN_BYTES,
  CONSTANT_COLUMN,
  FIRST_ADDRESS,
  INTEGER_COLUMN,
  NAME_ID_COLUMN,
  PLAN_NUMBER,
  QOS_ID_COLUMN,
  REAL_COLUMN,
  SECOND_ADDRESS,
  TEXT_COLUMN,
  THIRD_ADDRESS,
} from './column-kinds';
import { beginRow } from './leaf-pages';

const MOST_NUMBER_BYTES: i32 = 8;

/** The columns of `jobs` in their order, and again the addresses of those whose type may take more than a byte. */
let plan: usize = 0;
let planEnd: usize = 0;
let texts: usize = 0;
let textsEnd: usize = 0;
/** Of a header whose types take a byte each. */
let leastHeaderBytes: i32 = 0;
/** What a row takes at most besides its header and texts. */
let mostBesides: i32 = 0;

/**
 * @param textsAt the address in the plan of each column of texts, and of those of coded texts that has a long one.
 * @param mostCodedBytes what coded texts take at most in a row.
 */
export function planJobRows(
  planAt: usize,
  columns: i32,
  textsAt: usize,
  textColumns: i32,
  mostCodedBytes: i32,
): void {
  plan = planAt;
  planEnd = planAt + <usize>columns * COLUMN_PLAN_BYTES;
  texts = textsAt;
  textsEnd = textsAt + ((<usize>textColumns) << 2);
  leastHeaderBytes = 1 + columns;
  mostBesides = mostCodedBytes + columns * MOST_NUMBER_BYTES;
}

/** Writes a row of `jobs`. @returns where the record ends. */
export function writeJobRow(place: usize, rowId: u64): usize {
  const four = place << 2;
  const eight = place << 3;
  let headerBytes = leastHeaderBytes;
  let textBytes = 0;
  for (let text = texts; text < textsEnd; text += 4) {
    const column = <usize>load<u32>(text);
    const isCoded = load<i32>(column) === CODED_TEXT_COLUMN;
    const length = isCoded ? codedLength(column, four) : load<i32>(textLengthsOf(column) + four);
    headerBytes += surplusOfText(length);
    if (!isCoded) textBytes += length;
  }
  const start = beginRow(rowId, headerBytes + textBytes + mostBesides);
  store<u8>(start, <u8>headerBytes);
  let typeAt = start + 1;
  let at = start + headerBytes;
  const end = planEnd;
  for (let column = plan; column < end; column += COLUMN_PLAN_BYTES) {
    const first = <usize>load<u32>(column, FIRST_ADDRESS);
    switch (load<i32>(column)) {
      case INTEGER_COLUMN: {
        at = writeInteger(typeAt++, at, load<f64>(first + eight) + load<f64>(column, PLAN_NUMBER));
        // Most columns are integers and follow each other.
        while (load<i32>(column, COLUMN_PLAN_BYTES) === INTEGER_COLUMN) {
          column += COLUMN_PLAN_BYTES;
          const value = load<f64>(<usize>load<u32>(column, FIRST_ADDRESS) + eight);
          at = writeInteger(typeAt++, at, value + load<f64>(column, PLAN_NUMBER));
        }
        break;
      }
      case REAL_COLUMN:
        at = writeReal(typeAt++, at, load<f64>(first + eight));
        break;
      case TEXT_COLUMN: {
        const length = load<i32>(textLengthsOf(column) + four);
        if (length === -1) {
          store<u8>(typeAt++, 0);
          break;
        }
        const bytes = <usize>load<u32>(column, THIRD_ADDRESS);
        typeAt = writeTextType(typeAt, length);
        copyText(at, bytes + load<u32>(first + four), length);
        at += length;
        break;
      }
      case CODED_TEXT_COLUMN: {
        const code = load<i32>(first + four);
        if (code === -1) {
          store<u8>(typeAt++, 0);
          break;
        }
        const span = spanOf(column, code);
        const length = load<i32>(span, 4);
        typeAt = writeTextType(typeAt, length);
        copyText(at, load<u32>(span), length);
        at += length;
        break;
      }
      case NAME_ID_COLUMN: {
        const code = load<i32>(first + four);
        const ids = <usize>load<u32>(column, SECOND_ADDRESS);
        const id = code === -1 ? NaN : <f64>load<i32>(ids + ((<usize>code) << 2));
        at = writeInteger(typeAt++, at, id);
        break;
      }
      case QOS_ID_COLUMN: {
        const ids = <usize>load<u32>(column, SECOND_ADDRESS);
        at = writeInteger(typeAt++, at, load<f64>(ids + ((<usize>load<u8>(first + place)) << 3)));
        break;
      }
      case CONSTANT_COLUMN:
        at = writeInteger(typeAt++, at, load<f64>(column, PLAN_NUMBER));
        break;
      // The row id is the key of the b-tree; its column is stored as NULL.
      default:
        store<u8>(typeAt++, 0);
    }
  }
  return at;
}

function textLengthsOf(column: usize): usize {
  return load<u32>(column, SECOND_ADDRESS);
}

/** Address and length of a coded text. */
function spanOf(column: usize, code: i32): usize {
  return <usize>load<u32>(column, SECOND_ADDRESS) + ((<usize>code) << 3);
}

function codedLength(column: usize, four: usize): i32 {
  const code = load<i32>(<usize>load<u32>(column, FIRST_ADDRESS) + four);
  return code === -1 ? -1 : load<i32>(spanOf(column, code), 4);
}
