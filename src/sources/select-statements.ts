import { parseSelectStatement, type SelectStatement } from './select-statement.ts';

/** More than a centre uses in a year; where each job has one of its own, memory must not grow with history. */
const MOST_KEPT = 10_000;

/** The select statements that a thread has read: jobs of one batch mostly ask for what others asked before. */
export class SelectStatements {
  readonly #known = new Map<string, SelectStatement>();

  of(text: string): SelectStatement {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const statement = parseSelectStatement(text);
    if (this.#known.size === MOST_KEPT) this.#known.clear();
    this.#known.set(text, statement);
    return statement;
  }
}
