import { workerData } from 'node:worker_threads';
import type { OldValue } from '../src/sources/old-database/old-row-reader.ts';
import { selectJobs } from '../src/sources/old-database/old-schema.ts';
import { openOldDatabase } from '../src/sources/old-database/open-old-database.ts';
import { type OldRowsStatement, readOldRows } from '../src/sources/old-database/read-old-rows.ts';
import { compileContext } from '../src/sources/reading-context.ts';
import { holdBatch } from './hold-batch.ts';
import type { ReadOldRowsTask, WorkerSettings } from './messages.ts';

const settings: WorkerSettings = workerData;
const context = compileContext(settings);
/** Of each database, a connection of this thread, which lasts as long as the thread. */
const statements = new Map<string, OldRowsStatement>();

export default function readRows(task: ReadOldRowsTask): Promise<void> {
  const { path, schema, first, last, mainThread } = task;
  const statement = statements.get(path) ?? prepare(path, selectJobs(schema));
  statements.set(path, statement);
  return holdBatch(() => readOldRows(statement, schema, { first, last }, context), mainThread);
}

function prepare(path: string, sql: string): OldRowsStatement {
  return openOldDatabase(path).prepare<[number, number], OldValue[]>(sql).raw();
}
