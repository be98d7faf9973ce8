import type Database from 'better-sqlite3';
import { CODED, type JobBatch } from '../src/job/job-batch.ts';
import type { JobNames } from '../src/ledger/sqlite/job-merge.ts';
import type { Value } from '../src/ledger/sqlite/job-rows.ts';
import { LOOKUP_TABLES } from '../src/ledger/sqlite/lookup-tables.ts';

/** Ids for the names of a dry run: those of the ledger, and below zero for names that it does not have. */
export class DryRunNames implements JobNames {
  readonly #tables: ReadonlyMap<number, TableNames>;

  /** @param db null where there is no ledger yet. */
  constructor(db: Database.Database | null) {
    this.#tables = new Map(
      LOOKUP_TABLES.map(({ coded, table, column }) => [coded, new TableNames(db, table, column)]),
    );
  }

  /** For each coded column that names something, the id of each of its texts. */
  idsOf({ tables }: JobBatch): Map<number, number[]> {
    return new Map(
      [...this.#tables].map(([coded, names]) => [
        coded,
        tables[coded].map((name) => names.id(name)),
      ]),
    );
  }

  user(id: Value): string {
    return this.#name(CODED.user, id);
  }

  account(id: Value): string {
    return this.#name(CODED.account, id);
  }

  queue(id: Value): string {
    return this.#name(CODED.queue, id);
  }

  #name(coded: number, id: Value): string {
    return this.#tables.get(coded)?.name(id) ?? '';
  }
}

class TableNames {
  readonly #ids = new Map<string, number>();
  readonly #names = new Map<Value, string>();
  readonly #findId: Database.Statement<[string], number> | undefined;
  readonly #findName: Database.Statement<[Value], string> | undefined;

  constructor(db: Database.Database | null, table: string, column: string) {
    this.#findId = db
      ?.prepare<[string], number>(`SELECT id FROM ${table} WHERE ${column} = ?`)
      .pluck();
    this.#findName = db
      ?.prepare<[Value], string>(`SELECT ${column} FROM ${table} WHERE id = ?`)
      .pluck();
  }

  id(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = this.#findId?.get(name) ?? -1 - this.#ids.size;
    this.#ids.set(name, id);
    this.#names.set(id, name);
    return id;
  }

  name(id: Value): string | undefined {
    return this.#names.get(id) ?? this.#findName?.get(id);
  }
}
