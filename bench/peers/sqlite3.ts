import { spawnSync } from 'node:child_process';
import type { Peer } from './peer.ts';
import { readSqliteNumbers } from './read-sqlite-numbers.ts';
import { sqlite3LoadScript } from './sqlite3-load-script.ts';

/** The SQLite shell, or undefined where there is no `sqlite3` on the PATH. */
export function sqlite3Peer(): Peer | undefined {
  const { status, stdout } = spawnSync('sqlite3', ['--version'], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  return {
    name: 'sqlite3',
    version: stdout.split(' ')[0],
    load: (sample, databaseFile) => ({
      program: 'sqlite3',
      args: ['-batch', '-bail', databaseFile],
      input: sqlite3LoadScript(sample),
    }),
    readNumbers: readSqliteNumbers,
  };
}
