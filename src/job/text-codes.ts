/** The distinct texts of a coded column of one batch; the code of each is its place among them. */
export abstract class TextCodes {
  readonly texts: string[] = [];
  readonly #constants = new Map<string, number>();
  #lastConstant: { readonly text: string; readonly code: number } | null = null;

  /** @returns the code of the text at [start, end) of the batch's bytes, which is not empty. */
  abstract intern(start: number, end: number): number;

  /**
   * @returns the code of a text that does not stand in the bytes. The same text read from the bytes may have
   * another code: what a code means is its text.
   */
  internText(text: string): number {
    // Mostly the default of a column, for one job after the other.
    if (this.#lastConstant?.text === text) return this.#lastConstant.code;
    let code = this.#constants.get(text);
    if (code === undefined) {
      code = this.texts.push(text) - 1;
      this.#constants.set(text, code);
    }
    this.#lastConstant = { text, code };
    return code;
  }
}
