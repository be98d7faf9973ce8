import type Database from 'better-sqlite3';

/**
 * Ids of the names in a lookup table, kept in memory once seen. Ask inside a transaction: a name that is new
 * is inserted. After a rollback the instance must be thrown away, since it may know ids that are not there.
 */
export class NameIds {
  readonly #ids = new Map<string, number>();
  readonly #insert: Database.Statement<[string]>;
  readonly #select: Database.Statement<[string], number>;

  constructor(db: Database.Database, table: string, column: string) {
    this.#insert = db.prepare(`INSERT INTO ${table} (${column}) VALUES (?) ON CONFLICT DO NOTHING`);
    this.#select = db
      .prepare<[string], number>(`SELECT id FROM ${table} WHERE ${column} = ?`)
      .pluck();
  }

  id(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = this.#select.get(name) ?? Number(this.#insert.run(name).lastInsertRowid);
    this.#ids.set(name, id);
    return id;
  }
}
