import type { ParsedChunk } from '../src/sources/parsed-chunk.ts';
import type { FileCounts } from './file-counts.ts';

/** More lines of a file are rejected than the run allows. */
export class RejectLimitError extends Error {
  override readonly name = 'RejectLimitError';
}

/** A share means nothing before this many lines were seen. */
const FEWEST_LINES = 100;

/** How many lines of a file may be rejected: a number, or a share of its lines. */
export class RejectLimit {
  readonly #text: string;
  readonly #most: number;
  readonly #isShare: boolean;

  /** @param limit such as `100` or `0.5%`; NaN comes of anything else, see `isValid`. */
  constructor(limit: string) {
    this.#text = limit;
    this.#isShare = limit.endsWith('%');
    this.#most = this.#isShare ? Number(limit.slice(0, -1)) / 100 : Number(limit);
  }

  get isValid(): boolean {
    const { length } = this.#text.replace('%', '');
    return length > 0 && this.#most >= 0 && (this.#isShare || Number.isInteger(this.#most));
  }

  /**
   * @param counts what was committed of the file before the chunk.
   * @throws RejectLimitError where the chunk would exceed the limit, before anything of it is committed.
   */
  check(
    path: string,
    counts: Readonly<FileCounts>,
    { rejects, lines, skippedLines }: ParsedChunk,
  ): void {
    const rejected = counts.rejects + rejects.length;
    const read = counts.lines + lines - counts.skippedLines - skippedLines;
    const allowed = this.#isShare ? this.#most * Math.max(read, FEWEST_LINES) : this.#most;
    if (rejected <= allowed) return;
    const first = rejects[0];
    throw new RejectLimitError(
      `${path}: ${rejected} of ${read} lines can't be jobs, more than --max-rejects ${this.#text} allows; ` +
        `one of them is line ${counts.lines + first.line + 1} of its rows: ${first.reason}. ` +
        'The rest of the file was left out. Mend it, or allow more, and run the same command again.',
    );
  }
}
