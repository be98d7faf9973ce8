import { parseSelectStatement, type SelectStatement } from './select-statement.ts';

/** More than a centre uses in a year; where each job has one of its own, memory must not grow with history. */
const MOST_KEPT = 10_000;
/** Of all their texts: one that names hosts may be very long. */
const MOST_CHARACTERS = 1 << 22;

/** The select statements that a thread has read: jobs of one batch mostly ask for what others asked before. */
export class SelectStatements {
  readonly #known = new Map<string, SelectStatement>();
  #characters = 0;

  of(text: string): SelectStatement {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const statement = parseSelectStatement(text);
    if (this.#known.size === MOST_KEPT || this.#characters > MOST_CHARACTERS) this.#forget();
    this.#known.set(text, statement);
    this.#characters += text.length;
    return statement;
  }

  #forget(): void {
    this.#known.clear();
    this.#characters = 0;
  }
}
