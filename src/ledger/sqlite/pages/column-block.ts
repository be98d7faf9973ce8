/**
 * Some columns of some rows of a table, in the order of their ids, in memory that is used again for other rows.
 * NULL is NaN, and a text is its code.
 */
export class ColumnBlock {
  rows = 0;
  readonly ids: Float64Array;
  /** Of each, the first `rows` count. */
  readonly columns: readonly Float64Array[];
  readonly capacity: number;

  constructor(columns: number, capacity: number) {
    this.capacity = capacity;
    this.ids = new Float64Array(capacity);
    this.columns = Array.from({ length: columns }, () => new Float64Array(capacity));
  }

  /** Keeps only the rows at these places, which ascend. */
  keep(places: readonly number[]): void {
    for (const column of [this.ids, ...this.columns]) {
      for (let i = 0; i < places.length; i++) column[i] = column[places[i]];
    }
    this.rows = places.length;
  }
}

/** Keeps only the rows whose ids are in both. */
export function keepCommonRows(a: ColumnBlock, b: ColumnBlock): void {
  if (haveSameIds(a, b)) return;
  const ofA: number[] = [];
  const ofB: number[] = [];
  for (let i = 0, k = 0; i < a.rows && k < b.rows; ) {
    if (a.ids[i] === b.ids[k]) {
      ofA.push(i);
      ofB.push(k);
    }
    const isABehind = a.ids[i] <= b.ids[k];
    const isBBehind = b.ids[k] <= a.ids[i];
    if (isABehind) i++;
    if (isBBehind) k++;
  }
  a.keep(ofA);
  b.keep(ofB);
}

function haveSameIds(a: ColumnBlock, b: ColumnBlock): boolean {
  if (a.rows !== b.rows) return false;
  for (let i = 0; i < a.rows; i++) if (a.ids[i] !== b.ids[i]) return false;
  return true;
}
