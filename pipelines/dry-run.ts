import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { compileCharging } from '../src/charging/compile-charging.ts';
import { CODED, type JobBatch, NUMBER, TEXT } from '../src/job/job-batch.ts';
import type { ChunkPlace, CommitCounts } from '../src/ledger/sqlite/chunk-place.ts';
import { appendRow, BatchTexts, type Value } from '../src/ledger/sqlite/job-rows.ts';
import { JobUpdates } from '../src/ledger/sqlite/job-updates.ts';
import { LOOKUP_TABLES } from '../src/ledger/sqlite/lookup-tables.ts';
import { closeLedger, openForReading } from '../src/ledger/sqlite/open-ledger.ts';
import type { ParsedChunk } from '../src/sources/parsed-chunk.ts';
import type { Load } from './ingest.ts';
import { type BegunFile, type ChunkSink, type LoadedFile, loadFiles } from './load-files.ts';

/** A line as an example of what would become of it. */
export interface DryRunExample {
  readonly kind: 'insert' | 'update' | 'duplicate' | 'reject';
  readonly path: string;
  readonly line: number;
  /** The job, or why there is none. */
  readonly what: string;
}

const EXAMPLES_OF_A_KIND = 3;

/** Reads everything as an ingest would and tells what it would do; nothing is written. */
export async function dryRun(
  load: Load,
): Promise<{ files: readonly LoadedFile[]; examples: readonly DryRunExample[] }> {
  const { request } = load;
  const size = statSync(request.ledgerPath, { throwIfNoEntry: false })?.size ?? 0;
  const db = size === 0 ? null : openForReading(request.ledgerPath);
  using seen = new SeenInInput();
  try {
    const sink = new DryRunSink(db, seen, load);
    const files = await loadFiles({ ...request, ...load, sink });
    return { files, examples: sink.examples };
  } finally {
    if (db !== null) closeLedger(db);
  }
}

/** The jobs of the input so far; in a file of SQLite's own, so that memory does not grow with them. */
class SeenInInput {
  readonly #db = new Database('');
  readonly #add: Database.Statement<[string, number]>;

  constructor() {
    this.#db.pragma('journal_mode = OFF');
    this.#db.pragma('synchronous = OFF');
    this.#db.exec(
      'CREATE TABLE seen (job_id TEXT, submit INTEGER, PRIMARY KEY (job_id, submit)) WITHOUT ROWID',
    );
    this.#add = this.#db.prepare('INSERT INTO seen VALUES (?, ?) ON CONFLICT DO NOTHING');
  }

  /** @returns whether it is there for the first time. */
  add(jobId: string, submit: number): boolean {
    return this.#add.run(jobId, submit).changes === 1;
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }
}

/** Tells what would become of each job, by what the ledger and the input before it hold. */
class DryRunSink implements ChunkSink {
  readonly afterFailure = 'Nothing was written, as this is a dry run.';
  readonly examples: DryRunExample[] = [];
  readonly #seen: SeenInInput;
  readonly #find: Database.Statement<[string, number]> | undefined;
  readonly #updates: JobUpdates | undefined;
  readonly #nameIds: readonly {
    readonly coded: number;
    readonly find: Database.Statement<[string], number>;
  }[];
  #path = '';

  constructor(db: Database.Database | null, seen: SeenInInput, { request }: Load) {
    this.#seen = seen;
    this.#find = db?.prepare('SELECT 1 FROM jobs WHERE job_id = ? AND submit = ?');
    const charging = compileCharging(request.machine.charging);
    this.#nameIds =
      db === null
        ? []
        : LOOKUP_TABLES.map(({ coded, table, column }) => ({
            coded,
            find: db
              .prepare<[string], number>(`SELECT id FROM ${table} WHERE ${column} = ?`)
              .pluck(),
          }));
    if (db === null || request.upsert !== true) return;
    const idOfQos = db.prepare<[string], number>('SELECT id FROM job_qos WHERE name = ?').pluck();
    this.#updates = new JobUpdates(db, {
      charging,
      chargeVersion: 0,
      qosIds: charging.qos.map(({ name }) => idOfQos.get(name) ?? 0),
      qosFactors: charging.qos.map(({ factor }) => factor),
    });
  }

  beginFile({ source }: BegunFile): number {
    this.#path = source.path;
    return 0;
  }

  commit({ batch, rejects }: ParsedChunk, { firstLine }: ChunkPlace): CommitCounts {
    const texts = new BatchTexts(batch);
    const counts = { jobs: 0, duplicates: 0, updated: 0, rejects: rejects.length };
    const nameIds = this.#idsOfNames(batch);
    for (let row = 0; row < batch.rows; row++) {
      const kind = this.#kindOf(batch, texts, nameIds, row);
      if (kind === 'insert') counts.jobs++;
      else if (kind === 'update') counts.updated++;
      else counts.duplicates++;
      const line = firstLine + batch.numbers[NUMBER.line * batch.capacity + row];
      this.#example(kind, line, () => jobText(batch, texts, row));
    }
    for (const { line, code, reason } of rejects) {
      this.#example('reject', firstLine + line, () => `${code}: ${reason}`);
    }
    return counts;
  }

  endFile(): void {}

  #kindOf(
    batch: JobBatch,
    texts: BatchTexts,
    nameIds: ReadonlyMap<number, readonly number[]>,
    row: number,
  ): 'insert' | 'update' | 'duplicate' {
    const jobId = texts.text(TEXT.job_id, row) ?? '';
    const submit = batch.numbers[NUMBER.submit * batch.capacity + row];
    const isFirst = this.#seen.add(jobId, submit);
    const isKnown = this.#find?.get(jobId, submit) !== undefined;
    if (isFirst && !isKnown) return 'insert';
    if (this.#updates === undefined || !isKnown) return 'duplicate';
    const record: Value[] = [];
    appendRow(record, batch, texts, { nameIds, qosIds: [], runId: 0, fileId: 0 }, row, 0);
    return this.#updates.wouldUpdate(record) ? 'update' : 'duplicate';
  }

  /** A name that the ledger does not have differs from all that it has. */
  #idsOfNames(batch: JobBatch): Map<number, number[]> {
    return new Map(
      this.#nameIds.map(({ coded, find }) => [
        coded,
        batch.tables[coded].map((name) => find.get(name) ?? -1),
      ]),
    );
  }

  #example(kind: DryRunExample['kind'], line: number, what: () => string): void {
    if (this.examples.filter((other) => other.kind === kind).length >= EXAMPLES_OF_A_KIND) return;
    this.examples.push({ kind, path: this.#path, line, what: what() });
  }
}

function jobText(batch: JobBatch, texts: BatchTexts, row: number): string {
  const coded = (column: number): string =>
    batch.tables[column][batch.codes[column * batch.capacity + row]];
  const end = new Date(batch.numbers[NUMBER.end * batch.capacity + row] * 1000);
  return (
    `${texts.text(TEXT.job_id, row)} of ${coded(CODED.user)} in ${coded(CODED.queue)}, ` +
    `ended ${end.toISOString().slice(0, 19)}Z`
  );
}
