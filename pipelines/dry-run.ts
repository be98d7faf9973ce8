import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { compileCharging } from '../src/charging/compile-charging.ts';
import { CODED, type JobBatch, NUMBER, TEXT } from '../src/job/job-batch.ts';
import type { ChunkPlace, CommitCounts } from '../src/ledger/sqlite/chunk-place.ts';
import { JobMerge, placeOf } from '../src/ledger/sqlite/job-merge.ts';
import { appendRow, BatchTexts, type RowIds, type Value } from '../src/ledger/sqlite/job-rows.ts';
import { isSameLine, KnownJobs } from '../src/ledger/sqlite/job-updates.ts';
import { checkMachine } from '../src/ledger/sqlite/ledger-machine.ts';
import { closeLedger, openForReading } from '../src/ledger/sqlite/open-ledger.ts';
import { utcText } from '../src/site/utc-text.ts';
import { ZoneClock } from '../src/site/zone-clock.ts';
import type { ParsedChunk } from '../src/sources/parsed-chunk.ts';
import { hardwareDefaults } from '../src/sources/reading-context.ts';
import type { ReadChunkTask } from '../workers/messages.ts';
import { DryRunNames } from './dry-run-names.ts';
import { JobsOfInput } from './jobs-of-input.ts';
import { type BegunFile, type ChunkSink, type LoadedFile, loadFiles } from './load-files.ts';
import type { Load } from './prepare-load.ts';

/** A line as an example of what would become of it. */
export interface DryRunExample {
  readonly kind: 'insert' | 'update' | 'duplicate' | 'reject';
  readonly path: string;
  readonly line: number;
  /** The job, or why there is none. */
  readonly what: string;
}

const EXAMPLES_OF_A_KIND = 3;

/**
 * Reads everything as an ingest would and tells what it would do; nothing is written.
 * @throws LedgerError where the ledger would be refused.
 */
export async function dryRun(
  load: Load,
): Promise<{ files: readonly LoadedFile[]; examples: readonly DryRunExample[] }> {
  const { request, workers } = load;
  const size = statSync(request.ledgerPath, { throwIfNoEntry: false })?.size ?? 0;
  const db = size === 0 ? null : openForReading(request.ledgerPath);
  using ofInput = new JobsOfInput();
  try {
    if (db !== null) checkMachine(db, request.machine);
    const sink = new DryRunSink(db, ofInput, load);
    const read = (task: ReadChunkTask): Promise<ParsedChunk> => workers.readChunk(task);
    const files = await loadFiles({ ...request, ...load, read, sink });
    return { files, examples: sink.examples };
  } finally {
    if (db !== null) closeLedger(db);
  }
}

/** Tells what would become of each job, by what the ledger and the input before it hold. */
class DryRunSink implements ChunkSink {
  readonly afterFailure = 'Nothing was written, as this is a dry run.';
  readonly examples: DryRunExample[] = [];
  readonly #ofInput: JobsOfInput;
  readonly #isKnown: Database.Statement<[string, number]> | undefined;
  readonly #known: KnownJobs | undefined;
  readonly #names: DryRunNames;
  readonly #qosIds: readonly number[];
  readonly #merge: JobMerge;
  readonly #updatesAll: boolean;
  #path = '';

  constructor(db: Database.Database | null, ofInput: JobsOfInput, { request, siteZone }: Load) {
    const { machine, upsert = false } = request;
    const charging = compileCharging(machine.charging);
    this.#ofInput = ofInput;
    this.#isKnown = db?.prepare('SELECT 1 FROM jobs WHERE job_id = ? AND submit = ?');
    this.#known = db === null ? undefined : new KnownJobs(db);
    this.#names = new DryRunNames(db);
    this.#qosIds = qosIdsOf(
      db,
      charging.qos.map(({ name }) => name),
    );
    this.#merge = new JobMerge(
      {
        charging,
        qosIds: this.#qosIds,
        hardware: hardwareDefaults(machine),
        clock: new ZoneClock(siteZone),
      },
      this.#names,
    );
    this.#updatesAll = upsert;
  }

  /** @returns an id that jobs of the ledger have only where they came from this file. */
  beginFile({ source, known, action }: BegunFile): number {
    this.#path = source.path;
    return action === 'resumed' ? (known?.id ?? 0) : 0;
  }

  commit({ batch, rejects }: ParsedChunk, place: ChunkPlace): CommitCounts {
    const texts = new BatchTexts(batch);
    const counts = { jobs: 0, duplicates: 0, updated: 0, rejects: rejects.length };
    const { fileId, firstLine, resumes = false } = place;
    const nameIds = this.#names.idsOf(batch);
    const ids = { nameIds, qosIds: this.#qosIds, runId: 0, fileId };
    for (let row = 0; row < batch.rows; row++) {
      const line = firstLine + batch.numbers[NUMBER.line * batch.capacity + row];
      const kind =
        this.#updatesAll || resumes
          ? this.#kindWithUpdates(recordOf(batch, texts, ids, row, line))
          : this.#kind(batch, texts, row);
      if (kind === 'insert') counts.jobs++;
      else if (kind === 'update') counts.updated++;
      else counts.duplicates++;
      this.#example(kind, line, () => jobText(batch, texts, row));
    }
    for (const { line, code, reason } of rejects) {
      this.#example('reject', firstLine + line, () => `${code}: ${reason}`);
    }
    return counts;
  }

  endFile(): void {}

  #kind(batch: JobBatch, texts: BatchTexts, row: number): 'insert' | 'duplicate' {
    const jobId = texts.text(TEXT.job_id, row) ?? '';
    const submit = batch.numbers[NUMBER.submit * batch.capacity + row];
    const isFirst = this.#ofInput.add(jobId, submit);
    return isFirst && this.#isKnown?.get(jobId, submit) === undefined ? 'insert' : 'duplicate';
  }

  #kindWithUpdates(record: readonly Value[]): 'insert' | 'update' | 'duplicate' {
    const jobId = String(record[placeOf('job_id')]);
    const submit = Number(record[placeOf('submit')]);
    const before = this.#ofInput.find(jobId, submit) ?? this.#known?.find(record);
    if (before === undefined) {
      const isFirst = this.#ofInput.add(jobId, submit);
      this.#ofInput.put(jobId, submit, record);
      return isFirst ? 'insert' : 'duplicate';
    }
    if (!this.#updatesAll && !isSameLine(before, record)) return 'duplicate';
    const merge = this.#merge.merge(before, record);
    if (merge === null) return 'duplicate';
    this.#ofInput.put(jobId, submit, merge.merged);
    return 'update';
  }

  #example(kind: DryRunExample['kind'], line: number, what: () => string): void {
    if (this.examples.filter((other) => other.kind === kind).length >= EXAMPLES_OF_A_KIND) return;
    this.examples.push({ kind, path: this.#path, line, what: what() });
  }
}

/** The values of a row as they would be written, in the order of JOB_COLUMNS. */
function recordOf(
  batch: JobBatch,
  texts: BatchTexts,
  ids: RowIds,
  row: number,
  line: number,
): Value[] {
  const record: Value[] = [];
  appendRow(record, batch, texts, ids, row, 0);
  record[placeOf('line')] = line;
  return record;
}

/** The ids that the QoS have in the ledger, and below zero for those that it does not have. */
function qosIdsOf(db: Database.Database | null, names: readonly string[]): number[] {
  const find = db?.prepare<[string], number>('SELECT id FROM job_qos WHERE name = ?').pluck();
  return names.map((name, place) => find?.get(name) ?? -1 - place);
}

function jobText(batch: JobBatch, texts: BatchTexts, row: number): string {
  const coded = (column: number): string =>
    batch.tables[column][batch.codes[column * batch.capacity + row]];
  const end = batch.numbers[NUMBER.end * batch.capacity + row];
  return (
    `${texts.text(TEXT.job_id, row)} of ${coded(CODED.user)} in ${coded(CODED.queue)}, ` +
    `ended ${utcText(end)}`
  );
}
