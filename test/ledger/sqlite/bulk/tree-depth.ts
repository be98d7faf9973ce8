import Database from 'better-sqlite3';

/** The levels of a b-tree, as SQLite counts them; 1 where the root is the only page. */
export function treeDepth(path: string, name: string): number {
  const db = new Database(path, { readonly: true });
  try {
    // A path is '/' for the root and has three digits and a slash more for each level below it.
    const longest = db
      .prepare<[string], string>(
        `SELECT path FROM dbstat WHERE name = ? AND pagetype <> 'overflow'
         ORDER BY length(path) DESC LIMIT 1`,
      )
      .pluck()
      .get(name);
    return (longest ?? '').split('/').filter((part) => part !== '').length + 1;
  } finally {
    db.close();
  }
}
