import type { RowValue } from './row-bytes.ts';

type Row = readonly RowValue[];

/**
 * Walks two lists of rows side by side, holding one row of each. Both ascend by their first `keyWidth` values
 * as SQLite orders them.
 * @returns the rows of both with the same key, or the row of one with null for the other.
 */
export function* pairsByKey(
  a: Iterable<Row>,
  b: Iterable<Row>,
  keyWidth: number,
): Generator<readonly [Row, Row] | readonly [Row, null] | readonly [null, Row]> {
  const [rowsOfA, rowsOfB] = [a[Symbol.iterator](), b[Symbol.iterator]()];
  try {
    let inA = rowsOfA.next();
    let inB = rowsOfB.next();
    while (inA.done !== true || inB.done !== true) {
      const order =
        inA.done === true
          ? 1
          : inB.done === true
            ? -1
            : compareKeys(inA.value, inB.value, keyWidth);
      if (order === 0) yield [inA.value, inB.value];
      else if (order < 0) yield [inA.value, null];
      else yield [null, inB.value];
      if (order <= 0) inA = rowsOfA.next();
      if (order >= 0) inB = rowsOfB.next();
    }
  } finally {
    rowsOfA.return?.();
    rowsOfB.return?.();
  }
}

function compareKeys(a: Row, b: Row, width: number): number {
  for (let i = 0; i < width; i++) {
    const order = a[i] === b[i] ? 0 : compareValues(a[i], b[i]);
    if (order !== 0) return order;
  }
  return 0;
}

/** NULL, then numbers, then texts by their bytes: JavaScript's own order of strings is another one. */
function compareValues(a: RowValue, b: RowValue): number {
  if (typeof a === 'string' && typeof b === 'string') {
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
  }
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return rank(a) - rank(b);
}

function rank(value: RowValue): number {
  return value === null ? 0 : typeof value === 'number' ? 1 : 2;
}
