import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleText } from '../../src/output/visible-text.ts';

describe('visibleText', () => {
  it('shows what a terminal would act on or hide', () => {
    expect(visibleText('a\tb\x1b[31mc\0\x7f')).toBe('a␉b␛[31mc␀␡');
    expect(visibleText('x\u202ey\u009b\u2028\ufeff')).toBe('x\\u{202e}y\\u{9b}\\u{2028}\\u{feff}');
  });

  it('leaves other text as it is', () => {
    expect(visibleText('größer, "7" \\ ␛ 日本 🙂')).toBe('größer, "7" \\ ␛ 日本 🙂');
  });

  it('never lets a control character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visibleText(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
