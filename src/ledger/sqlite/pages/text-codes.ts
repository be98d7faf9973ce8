import { Buffer } from 'node:buffer';

/** Numbers for the few texts that stand in many rows, each decoded once. */
export class TextCodes {
  readonly #texts: string[] = [];
  readonly #bytes: Uint8Array[] = [];
  readonly #codes = new Map<string, number>();
  /** The text of a hash that was seen last. */
  readonly #codeOfHash = new Map<number, number>();

  text(code: number): string {
    return this.#texts[code];
  }

  code(text: string): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    const code = this.#texts.push(text) - 1;
    this.#bytes.push(Buffer.from(text));
    this.#codes.set(text, code);
    return code;
  }

  /** The code of a text that stands in UTF-8 from `start` to before `end`. */
  codeOfBytes(bytes: Buffer, start: number, end: number): number {
    let hash = end - start;
    for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + bytes[i]) | 0;
    const seen = this.#codeOfHash.get(hash);
    if (seen !== undefined && isSame(this.#bytes[seen], bytes, start, end)) return seen;
    const code = this.code(bytes.toString('utf8', start, end));
    this.#codeOfHash.set(hash, code);
    return code;
  }
}

function isSame(known: Uint8Array, bytes: Buffer, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return false;
  return true;
}
