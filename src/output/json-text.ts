/**
 * A value as JSON in one line, in which nothing is hidden: controls and marks that JSON would leave as they are, and
 * that a terminal would act on, are escaped too.
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
