import fc from 'fast-check';

/** What takes the place of a stretch of bytes; places are shares of the length of what is mutilated. */
export interface Mutilation {
  readonly place: number;
  readonly length: number;
  readonly bytes: Uint8Array;
}

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 6 }),
  fc
    .constantFrom(
      '',
      '"',
      '{',
      '}',
      '}}',
      '\\',
      '\n',
      '\r\n',
      '\n\n',
      ' ',
      ',',
      ':',
      '"x": {',
      '7.s',
    )
    .map((text) => Uint8Array.from(Buffer.from(text))),
);

/** A few bytes that are replaced by others, wherever they are. */
export const anyMutilation: fc.Arbitrary<Mutilation> = fc.record({
  place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  length: fc.oneof({ weight: 3, arbitrary: fc.nat(4) }, fc.nat(400)),
  bytes: anyBytes,
});

export function mutilate(text: Buffer, { place, length, bytes }: Mutilation): Buffer {
  const start = Math.floor(place * text.length);
  return Buffer.concat([text.subarray(0, start), bytes, text.subarray(start + length)]);
}
