/** Moves each line of a text that holds something two columns to the right. */
export function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
