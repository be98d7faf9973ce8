/**
 * Where the columns of the batch stand that is being read, and how they are laid out: see `JobBatch`. The value of
 * a column of a row is that of `column * capacity + row`.
 */
export let capacity: usize = 0;
export let numbers: usize = 0;
export let textStarts: usize = 0;
export let textLengths: usize = 0;
export let codes: usize = 0;
export let identities: usize = 0;
export let qosCodes: usize = 0;
export let incomplete: usize = 0;
export let endDays: usize = 0;
/** For each row the code of its select statement; no column of a batch. */
export let selectCodes: usize = 0;
/** How many rows it has. */
export let rows: usize = 0;

/** The bytes that all texts stand in, and of which starts of texts are counted. */
export let bytes: usize = 0;

export function setNumber(column: usize, value: f64): void {
  store<f64>(numbers + ((column * capacity + rows) << 3), value);
}

export function numberOf(column: usize): f64 {
  return load<f64>(numbers + ((column * capacity + rows) << 3));
}

export function setText(column: usize, start: usize, end: usize): void {
  const at = (column * capacity + rows) << 2;
  store<u32>(textStarts + at, <u32>(start - bytes));
  // An empty text is NULL.
  store<i32>(textLengths + at, start === end ? -1 : <i32>(end - start));
}

export function setCode(column: usize, code: i32): void {
  store<i32>(codes + ((column * capacity + rows) << 2), code);
}

export function endRow(): void {
  rows++;
}
