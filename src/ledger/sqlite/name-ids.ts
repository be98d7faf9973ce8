import type Database from 'better-sqlite3';

/**
 * Ids of the names in a lookup table, kept in memory once seen. Ask inside a transaction: a name that is new
 * is inserted. After a rollback the instance must be thrown away, since it may know ids that are not there.
 */
export class NameIds {
  readonly #ids = new Map<string, number>();
  /** Inserted since the last batch was ended. */
  readonly #newNames = new Map<number, string>();
  readonly #insert: Database.Statement<[string]>;
  readonly #delete: Database.Statement<[number]>;
  readonly #select: Database.Statement<[string], number>;

  constructor(db: Database.Database, table: string, column: string) {
    this.#insert = db.prepare(`INSERT INTO ${table} (${column}) VALUES (?)`);
    this.#delete = db.prepare(`DELETE FROM ${table} WHERE id = ?`);
    this.#select = db
      .prepare<[string], number>(`SELECT id FROM ${table} WHERE ${column} = ?`)
      .pluck();
  }

  id(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    let id = this.#select.get(name);
    if (id === undefined) {
      id = Number(this.#insert.run(name).lastInsertRowid);
      this.#newNames.set(id, name);
    }
    this.#ids.set(name, id);
    return id;
  }

  /**
   * Ends a batch: a name that came with it and that no job of it has after all, since the job was a
   * duplicate, is taken back.
   */
  keepOnly(usedIds: ReadonlySet<number>): void {
    for (const [id, name] of this.#newNames) {
      if (usedIds.has(id)) continue;
      this.#delete.run(id);
      this.#ids.delete(name);
    }
    this.#newNames.clear();
  }

  get hasNewNames(): boolean {
    return this.#newNames.size > 0;
  }
}
