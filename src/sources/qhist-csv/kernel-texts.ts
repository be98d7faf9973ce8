import { CODED_COLUMNS } from '../../job/job-batch.ts';
import { TextCodes } from '../../job/text-codes.ts';
import type { ReadingContext } from '../reading-context.ts';
import type { SelectStatement } from '../select-statement.ts';
import type { KernelLines } from './kernel-lines.ts';
import { SELECT_COLUMN } from './kernel-plan.ts';

/**
 * The texts of a chunk that the kernel gives codes to, in lines that it reads and in any other. It knows them as
 * bytes; they are decoded here, once each.
 */
export class KernelTexts {
  /** For each coded column. */
  readonly columns: readonly TextCodes[];
  /** By the codes of select statements. */
  readonly selects: SelectStatement[] = [];
  readonly #bytes: Buffer;
  readonly #lines: KernelLines;
  readonly #context: ReadingContext;
  readonly noSelect: SelectStatement;

  constructor(chunk: Uint8Array<ArrayBuffer>, lines: KernelLines, context: ReadingContext) {
    this.#bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.#lines = lines;
    this.#context = context;
    this.noSelect = context.selectStatements.of('');
    this.columns = CODED_COLUMNS.map((_, column) => new KernelTextCodes(this, lines, column));
  }

  /** Does what makes the kernel give codes. Texts that it has not seen may have got some since. */
  coding<Result>(work: () => Result): Result {
    const { nextCodes } = this.#lines;
    for (const [column, { texts }] of this.columns.entries()) nextCodes[column] = texts.length;
    nextCodes[SELECT_COLUMN] = this.selects.length;
    const result = work();
    for (const { column, start, end } of this.#lines.newTexts()) {
      const text = this.text(start, end);
      if (column === SELECT_COLUMN) this.selects.push(this.#context.selectStatements.of(text));
      else this.columns[column].texts.push(text);
    }
    return result;
  }

  text(start: number, end: number): string {
    return this.#bytes.toString('utf8', start, end);
  }

  /** The select statement of a code, -1 where it is empty. */
  select(code: number): SelectStatement {
    return code === -1 ? this.noSelect : this.selects[code];
  }
}

/** The texts of one column. */
class KernelTextCodes extends TextCodes {
  readonly #all: KernelTexts;
  readonly #lines: KernelLines;
  readonly #column: number;

  constructor(all: KernelTexts, lines: KernelLines, column: number) {
    super();
    this.#all = all;
    this.#lines = lines;
    this.#column = column;
  }

  override intern(start: number, end: number): number {
    const code = this.#all.coding(() => this.#lines.codeOf(this.#column, start, end));
    // Its tables are full.
    return code < 0 ? this.internText(this.#all.text(start, end)) : code;
  }
}
