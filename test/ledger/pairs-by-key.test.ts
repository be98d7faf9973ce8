import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairsByKey } from '../../src/ledger/pairs-by-key.ts';
import type { RowValue } from '../../src/ledger/row-bytes.ts';

describe('two lists of rows side by side', () => {
  it('are paired by their keys in the order of SQLite, whatever is in them', () => {
    using db = new MemoryDatabase();
    const text = fc.constantFrom<RowValue>(null, '', 'a', 'a.b', 'B', 'é', '\uffee', '🚀', '🚀a');
    const number = fc.constantFrom<RowValue>(null, -1, 0, 9, 10);
    const rows = fc.uniqueArray(fc.tuple(text, number), { selector: String });
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const [sortedA, sortedB] = [db.sorted(a), db.sorted(b)];
        const pairs = [...pairsByKey(sortedA, sortedB, 2)];
        expect(pairs.map(([inA]) => inA).filter((row) => row !== null)).toEqual(sortedA);
        expect(pairs.map(([, inB]) => inB).filter((row) => row !== null)).toEqual(sortedB);
        const inBoth = pairs.filter(([inA, inB]) => inA !== null && inB !== null);
        for (const [inA, inB] of inBoth) expect(inA).toEqual(inB);
        const keysOfB = new Set(b.map((row) => JSON.stringify(row)));
        expect(inBoth.length).toBe(a.filter((row) => keysOfB.has(JSON.stringify(row))).length);
      }),
    );
  });

  it('are paired by nothing but the key', () => {
    expect([...pairsByKey([['k', 1]], [['k', 2]], 1)]).toEqual([
      [
        ['k', 1],
        ['k', 2],
      ],
    ]);
  });

  it('are let go of where nobody walks on', () => {
    using db = new MemoryDatabase();
    for (const _ of pairsByKey(db.walk(), [[1]], 1)) break;
    // A walk that goes on would keep the connection busy.
    expect(() => db.change()).not.toThrow();
  });
});

class MemoryDatabase implements Disposable {
  readonly #db = new Database(':memory:');

  constructor() {
    this.#db.exec('CREATE TABLE rows (key, number); INSERT INTO rows VALUES (1, 1), (2, 2)');
  }

  sorted(rows: readonly (readonly RowValue[])[]): RowValue[][] {
    return this.#db
      .prepare<[string], RowValue[]>(
        'SELECT value ->> 0, value ->> 1 FROM json_each(?) ORDER BY 1, 2',
      )
      .raw()
      .all(JSON.stringify(rows));
  }

  walk(): Iterable<RowValue[]> {
    return this.#db.prepare<[], RowValue[]>('SELECT key, number FROM rows').raw().iterate();
  }

  change(): void {
    this.#db.exec('DELETE FROM rows');
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }
}
