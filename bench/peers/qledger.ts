import { join } from 'node:path';
import { qledgerVersion } from '../../src/cli/version.ts';
import type { Peer } from './peer.ts';
import { readSqliteNumbers } from './read-sqlite-numbers.ts';

const CLI = join(import.meta.dirname, '..', '..', 'src', 'cli', 'qledger.js');

/** The command line as users run it, with the worker threads and settings that it chooses itself. */
export function qledgerPeer(): Peer {
  return {
    name: 'qledger',
    version: qledgerVersion(),
    load: ({ file }, databaseFile) => ({
      program: process.execPath,
      args: [CLI, 'ingest', file, '--machine', 'derecho', '--db', databaseFile, '--quiet'],
    }),
    readNumbers: readSqliteNumbers,
  };
}
