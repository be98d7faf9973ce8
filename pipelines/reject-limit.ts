import type { ParsedLines } from '../src/sources/parsed-chunk.ts';

/** More lines of a file are rejected than the run allows. */
export class RejectLimitError extends Error {
  override readonly name = 'RejectLimitError';
}

/** A share means nothing before this many lines were seen. */
const FEWEST_LINES = 100;

/** What the lines of a file have become; blank and other lines are not among them. */
export interface JudgedLines {
  readonly lines: number;
  readonly rejects: number;
}

/** A chunk that is about to be committed. */
export interface NextChunk {
  readonly path: string;
  readonly firstLine: number;
  readonly parsed: Pick<ParsedLines, 'rejects' | 'lines' | 'skippedLines'>;
}

/** How many lines of a file may be rejected: a number, or a share of its lines. */
export class RejectLimit {
  readonly #text: string;
  readonly #most: number;
  readonly #isShare: boolean;

  /** @param limit such as `100` or `0.5%`; anything else is not valid, and to be asked for. */
  constructor(limit: string) {
    this.#text = limit;
    this.#isShare = limit.endsWith('%');
    this.#most = this.#isShare ? Number(limit.slice(0, -1)) / 100 : Number(limit);
  }

  get isValid(): boolean {
    return /^\d+$|^\d+(\.\d+)?%$/.test(this.#text);
  }

  /**
   * @param before what was committed of the file before the chunk, by earlier runs too: a limit that counted
   * anew in each run would let any number pass in the end.
   * @throws RejectLimitError where the chunk would exceed the limit, before anything of it is committed.
   */
  check(before: JudgedLines, { path, firstLine, parsed }: NextChunk): void {
    const { rejects, lines, skippedLines } = parsed;
    if (rejects.length === 0) return;
    const rejected = before.rejects + rejects.length;
    const read = Math.max(rejected, before.lines + lines - skippedLines);
    const allowed = this.#isShare ? this.#most * Math.max(read, FEWEST_LINES) : this.#most;
    if (rejected <= allowed) return;
    const { line, reason } = rejects[0];
    throw new RejectLimitError(
      `${path}: ${rejected} of ${read} lines can't be jobs, more than --max-rejects ${this.#text} allows; ` +
        `one of them is line ${firstLine + line}: ${reason}. ` +
        'What follows was left out. Mend the file, or allow more.',
    );
  }
}
