/**
 * Foreign text with everything made visible that a terminal would act on or hide: control characters as their
 * Unicode pictures (`␛` for escape, `␉` for tab), others such as marks of direction as `\u{202e}`.
 */
export function visibleText(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(CONTROL_PICTURES + code);
    if (code === DELETE) return '␡';
    return `\\u{${code.toString(16)}}`;
  });
}

const CONTROL_PICTURES = 0x2400;
const DELETE = 0x7f;
