import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextInterner } from '../../src/job/text-interner.ts';

describe('TextInterner', () => {
  it('numbers distinct texts in the order of first sight', () => {
    const { codes, texts } = internAll(['ada', 'bob', 'ada', 'ad', 'bob', 'da', 'ada']);
    expect(codes).toEqual([0, 1, 0, 2, 1, 3, 0]);
    expect(texts).toEqual(['ada', 'bob', 'ad', 'da']);
  });

  it('tells the empty text from others', () => {
    expect(internAll(['', 'a', '']).codes).toEqual([0, 1, 0]);
  });

  it('decodes UTF-8', () => {
    expect(internAll(['Zoë', 'Zoe', '日本', '🚀', 'Zoë']).texts).toEqual([
      'Zoë',
      'Zoe',
      '日本',
      '🚀',
    ]);
  });

  it('tells apart bytes that are no UTF-8 and would decode to the same text', () => {
    const interner = new TextInterner(Uint8Array.of(0xff, 0xfe, 0xff));
    expect([interner.intern(0, 1), interner.intern(1, 2), interner.intern(2, 3)]).toEqual([
      0, 1, 0,
    ]);
  });

  it('reads a view that does not begin where its buffer does', () => {
    const view = Uint8Array.from(Buffer.from('--ada--')).subarray(2, 5);
    const interner = new TextInterner(view);
    expect(interner.texts[interner.intern(0, 3)]).toBe('ada');
  });

  it.each(Array.from({ length: 20 }, (_, length) => length))(
    'tells texts of %d bytes apart that differ in any one byte, or are longer or shorter',
    (length) => {
      const same = 'a'.repeat(length);
      const different = Array.from(same, (_, i) => `${same.slice(0, i)}b${same.slice(i + 1)}`);
      const texts = [same, ...different, `${same}a`, `${same}aaaa`];
      const { codes, texts: known } = internAll([...texts, ...texts]);
      expect(known).toEqual(texts);
      expect(codes).toEqual([...texts.keys(), ...texts.keys()]);
    },
  );

  it('gives equal texts equal codes and unequal ones unequal codes, in whatever number', () => {
    const short = fc.string({ unit: fc.constantFrom('a', 'b', '\u0000', 'é'), maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(fc.oneof(short, fc.string({ unit: 'grapheme' })), { maxLength: 400 }),
        (texts) => {
          const { codes, texts: known } = internAll(texts);
          expect(codes.map((code) => known[code])).toEqual(texts);
          expect(new Set(known).size).toBe(known.length);
        },
      ),
    );
  });

  it('keeps its codes while it grows far beyond its first tables', () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `user${i}`);
    const { codes, texts } = internAll([...names, ...names.toReversed()]);
    expect(codes.slice(0, names.length)).toEqual(names.map((_, i) => i));
    expect(codes.slice(names.length)).toEqual(names.map((_, i) => i).toReversed());
    expect(texts).toEqual(names);
  });
});

describe('a text that stands in no bytes', () => {
  it('has one code, found again among others while the tables grow', () => {
    const names = Array.from({ length: 3000 }, (_, i) => `n${i}`);
    const { bytes, spans } = together(names);
    const interner = new TextInterner(bytes);
    const none = interner.internText('none');
    for (const { start, end } of spans) {
      const code = interner.intern(start, end);
      expect(interner.texts[code]).toBe(names[code - 1]);
      expect(interner.internText('none')).toBe(none);
    }
    expect(interner.texts[none]).toBe('none');
  });

  it('may be empty, and others may come between', () => {
    const interner = new TextInterner(new Uint8Array(0));
    const texts = ['', 'milan', '', 'rome', 'milan', 'rome', 'rome'];
    expect(texts.map((text) => interner.internText(text))).toEqual([0, 1, 0, 2, 1, 2, 2]);
  });

  it('means its text, also where the same text is read from the bytes', () => {
    const { bytes, spans } = together(['milan']);
    const interner = new TextInterner(bytes);
    const codes = [
      interner.intern(spans[0].start, spans[0].end),
      interner.internText('milan'),
      interner.intern(spans[0].start, spans[0].end),
    ];
    expect(codes.map((code) => interner.texts[code])).toEqual(['milan', 'milan', 'milan']);
    expect(codes[2]).toBe(codes[0]);
  });
});

function internAll(texts: readonly string[]): { codes: number[]; texts: readonly string[] } {
  const { bytes, spans } = together(texts);
  const interner = new TextInterner(bytes);
  const codes = spans.map(({ start, end }) => interner.intern(start, end));
  return { codes, texts: interner.texts };
}

/** The texts one after the other, and where each stands. */
function together(texts: readonly string[]): {
  bytes: Uint8Array<ArrayBuffer>;
  spans: { start: number; end: number }[];
} {
  const bytes = Uint8Array.from(Buffer.from(texts.join('')));
  let end = 0;
  const spans = texts.map((text) => {
    const start = end;
    end += Buffer.byteLength(text);
    return { start, end };
  });
  return { bytes, spans };
}
