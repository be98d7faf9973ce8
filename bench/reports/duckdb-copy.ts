import { createWriteStream, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type Database from 'better-sqlite3';
import { utcOffsetCase } from '../peers/utc-offset-case.ts';

const LINES_AT_ONCE = 5000;

/** What a table of the copy is read from, and the types of its columns. */
interface CopiedTable {
  readonly from: string;
  readonly columns: Readonly<Record<string, string>>;
}

const TABLES: Readonly<Record<string, CopiedTable>> = {
  users: { from: 'users', columns: { id: 'INTEGER', username: 'VARCHAR' } },
  accounts: { from: 'accounts', columns: { id: 'INTEGER', account_name: 'VARCHAR' } },
  queues: { from: 'queues', columns: { id: 'INTEGER', queue_name: 'VARCHAR' } },
  jobs: {
    from: `(SELECT *, strftime('%F', "end" + (${utcOffsetCase('"end"')}), 'unixepoch') AS end_day FROM jobs)`,
    columns: {
      ...{ id: 'INTEGER', user_id: 'INTEGER', account_id: 'INTEGER', queue_id: 'INTEGER' },
      ...{ qos_id: 'INTEGER', status: 'VARCHAR', submit: 'BIGINT', start: 'BIGINT' },
      ...{ end: 'BIGINT', end_day: 'DATE', elapsed: 'BIGINT', walltime: 'BIGINT' },
      ...{ cputime: 'BIGINT', eligible_secs: 'BIGINT', numcpus: 'INTEGER', numgpus: 'INTEGER' },
      ...{ numnodes: 'INTEGER', mpiprocs: 'INTEGER', ompthreads: 'INTEGER' },
      ...{ reqmem: 'BIGINT', memory: 'BIGINT' },
    },
  },
  job_charges: {
    from: 'job_charges',
    columns: {
      ...{ job_id: 'INTEGER', cpu_hours: 'DOUBLE', gpu_hours: 'DOUBLE' },
      ...{ memory_hours: 'DOUBLE', qos_factor: 'DOUBLE' },
    },
  },
};

/** What DuckDB is asked through; undefined where it is not installed. */
export interface DuckdbCopy {
  readonly version: string;
  readonly connection: DuckDBConnection;
  close(): void;
}

/** Finds or makes a copy, beside a ledger, of its jobs, charges and names. */
export async function duckdbCopy(
  db: Database.Database,
  ledger: string,
): Promise<DuckdbCopy | undefined> {
  const duckdb = await import('@duckdb/node-api').catch(() => undefined);
  if (duckdb === undefined) return undefined;
  const file = ledger.replace(/\.db$/, '.duckdb');
  if (!existsSync(file)) {
    console.error(`making ${file}`);
    const folder = mkdtempSync(`${file}.`);
    try {
      const instance = await duckdb.DuckDBInstance.create(join(folder, 'copy'));
      const connection = await instance.connect();
      for (const table of Object.entries(TABLES)) await copyTable(db, connection, table, folder);
      await connection.run('CHECKPOINT');
      connection.closeSync();
      instance.closeSync();
      renameSync(join(folder, 'copy'), file);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  const instance = await duckdb.DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  return {
    version: duckdb.version().replace(/^v/, ''),
    connection,
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** By way of a file of CSV, which DuckDB reads much faster than it takes single values. */
async function copyTable(
  db: Database.Database,
  connection: DuckDBConnection,
  [table, { from, columns }]: readonly [string, CopiedTable],
  folder: string,
): Promise<void> {
  const file = join(folder, `${table}.csv`);
  const values = Object.keys(columns).map((name) => `coalesce("${name}", '')`);
  const lines = db
    .prepare<[], string>(`SELECT concat_ws(',', ${values.join(', ')}) FROM ${from}`)
    .pluck();
  await pipeline(Readable.from(blocks(lines.iterate())), createWriteStream(file));
  const types = Object.entries(columns).map(([name, type]) => `'${name}': '${type}'`);
  await connection.run(`CREATE TABLE ${table} AS FROM read_csv('${file}', header = false,
    delim = ',', nullstr = '', columns = {${types.join(', ')}})`);
  rmSync(file);
}

function* blocks(lines: Iterable<string>): Generator<string> {
  let block: string[] = [];
  for (const line of lines) {
    block.push(line);
    if (block.length < LINES_AT_ONCE) continue;
    yield `${block.join('\n')}\n`;
    block = [];
  }
  if (block.length > 0) yield `${block.join('\n')}\n`;
}
