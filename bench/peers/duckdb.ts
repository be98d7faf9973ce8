import { join } from 'node:path';
import type { Peer } from './peer.ts';

const LOADER = join(import.meta.dirname, 'duckdb-load.ts');

/** DuckDB through its Node package, or undefined where that is not installed. */
export async function duckdbPeer(): Promise<Peer | undefined> {
  const duckdb = await import('@duckdb/node-api').catch(() => undefined);
  if (duckdb === undefined) return undefined;
  return {
    name: 'duckdb',
    version: duckdb.version().replace(/^v/, ''),
    load: ({ file, years }, databaseFile) => ({
      program: process.execPath,
      args: [LOADER, file, databaseFile, String(years.first), String(years.last)],
    }),
    readNumbers: async (databaseFile, sql) => {
      const instance = await duckdb.DuckDBInstance.create(databaseFile, {
        access_mode: 'READ_ONLY',
      });
      const connection = await instance.connect();
      try {
        const [row = {}] = (await connection.runAndReadAll(sql)).getRowObjects();
        return Object.fromEntries(
          Object.entries(row).map(([column, value]) => [column, Number(value)]),
        );
      } finally {
        connection.closeSync();
        instance.closeSync();
      }
    },
  };
}
