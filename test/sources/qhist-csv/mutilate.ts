import fc from 'fast-check';

/** What can happen to a line on its way: each takes bytes and gives bytes. */
type Mutilation = (line: Buffer) => Buffer;

const anyBytes = fc.oneof(
  { weight: 4, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 5 }) },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(
        ...['"', '""', '","', '\n', '\r\n', '\r', ',', ',,,', '\u0000', '\u007F', '\t', '\\', "'"],
        ...['\uFEFF', '\uFFFD', '0', '-', '.', 'E', ' ', '[', 'NaN', 'None', '\u2028'],
      )
      .map((text) => Uint8Array.from(Buffer.from(text))),
  },
);

const insertBytes = fc.tuple(fc.nat(), anyBytes).map(
  ([place, bytes]): Mutilation =>
    (line) =>
      spliced(line, place, 0, bytes),
);
const deleteBytes = fc.tuple(fc.nat(), fc.nat(20)).map(
  ([place, count]): Mutilation =>
    (line) =>
      spliced(line, place, count, Buffer.alloc(0)),
);
const replaceBytes = fc.tuple(fc.nat(), anyBytes).map(
  ([place, bytes]): Mutilation =>
    (line) =>
      spliced(line, place, bytes.length, bytes),
);
const truncate = fc.nat().map(
  (length): Mutilation =>
    (line) =>
      line.subarray(0, length % (line.length + 1)),
);
const loseBeginning = fc.nat().map(
  (length): Mutilation =>
    (line) =>
      line.subarray(length % (line.length + 1)),
);
const duplicateField = fc.nat().map(onFields((fields, at) => fields.toSpliced(at, 0, fields[at])));
const dropField = fc.nat().map(onFields((fields, at) => fields.toSpliced(at, 1)));
const emptyField = fc.nat().map(onFields((fields, at) => fields.with(at, '')));
const swapFields = fc
  .nat()
  .map(onFields((fields, at) => [...fields.slice(at), ...fields.slice(0, at)]));
const quoteField = fc.nat().map(onFields((fields, at) => fields.with(at, `"${fields[at]}"`)));
const openQuote = fc.nat().map(onFields((fields, at) => fields.with(at, `"${fields[at]}`)));
const closeQuote = fc.nat().map(onFields((fields, at) => fields.with(at, `${fields[at]}"`)));
const doubleLine = fc.constant<Mutilation>((line) => Buffer.concat([line, line]));

/** One to four mutilations, one after the other. */
export const anyMutilation: fc.Arbitrary<Mutilation> = fc
  .array(
    fc.oneof(
      ...[insertBytes, deleteBytes, replaceBytes, truncate, loseBeginning],
      ...[duplicateField, dropField, emptyField, swapFields],
      ...[quoteField, openQuote, closeQuote, doubleLine],
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((steps) => (line) => steps.reduce((each, step) => step(each), line));

function spliced(line: Buffer, place: number, removed: number, inserted: Uint8Array): Buffer {
  const at = place % (line.length + 1);
  return Buffer.concat([line.subarray(0, at), inserted, line.subarray(at + removed)]);
}

function onFields(
  change: (fields: string[], at: number) => string[],
): (place: number) => Mutilation {
  return (place) => (line) => {
    // Latin-1 keeps each byte as it is.
    const fields = line.toString('latin1').split(',');
    return Buffer.from(change(fields, place % fields.length).join(','), 'latin1');
  };
}
