import { closeSync, openSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { CODED } from '../../../job/job-batch.ts';
import { formatLocalDay } from '../../../site/local-day.ts';
import { LedgerError } from '../../ledger-error.ts';
import type { WritingRun } from '../batch-writer.ts';
import type { ChunkPlace } from '../chunk-place.ts';
import { FactSegments } from '../facts/fact-segments.ts';
import { LOOKUP_TABLES } from '../lookup-tables.ts';
import type { BatchKeys } from './batch-keys.ts';
import type { BuildingFile } from './building-file.ts';
import type { BatchIds, EncodedBatch } from './encode-batch.ts';
import { EntryRuns } from './entry-runs.ts';
import { FactKernel } from './fact-kernel.ts';
import { FactPages } from './fact-pages.ts';
import { FileHeader } from './file-header.ts';
import { demandIncompleteIndex, IncompleteIndex } from './incomplete-index.ts';
import { IndexKernel } from './index-kernel.ts';
import { IDS_PER_OWNER, JobOwners } from './job-owners.ts';
import { ownerRanks } from './owner-ranks.ts';
import { PageFile, type PageFileShare } from './page-file.ts';
import { GrowingRowColumns } from './row-columns.ts';
import { SeenJobs } from './seen-jobs.ts';
import type { SuspectJobs } from './side-store.ts';
import { SummaryCells } from './summary-cells.ts';
import { SummaryIndexes } from './summary-indexes.ts';
import { SummaryPages } from './summary-pages.ts';
import type { TableLeaves } from './table-leaf-pages.ts';
import type { IndexWriting } from './write-index.ts';
import { writeTable } from './write-table.ts';
import type { UniqueIndexWriting } from './write-unique-index.ts';
import { INCOMPLETE_INDEX, OWNER_INDEXES, UNIQUE_INDEX } from './written-indexes.ts';

/** A batch that has its ids, and its turn among the others. */
export interface TakenBatch {
  readonly ids: BatchIds;
  readonly sequence: number;
  /** How many of its jobs are surely new. */
  readonly jobs: number;
}

/** How many days before the newest one may still get jobs; batches come almost in the order of ends. */
const OPEN_DAYS = 2;

/**
 * More jobs are not sorted in memory. A kernel has at most 4 GiB; a job takes 8 bytes of them, and 16 more where it is
 * late, as all may be.
 */
const MOST_SORTED_JOBS = 150_000_000;

/**
 * The main thread's part of a bulk load: gives ids to names and rows, keeps duplicates out, and builds what
 * stands above the rows. The rows themselves are encoded and written by workers.
 */
export class BulkLoad {
  readonly #building: BuildingFile;
  readonly #run: WritingRun;
  readonly #kernel: WebAssembly.Module;
  readonly #fd: number;
  readonly #share: PageFileShare;
  readonly #seen: SeenJobs;
  readonly #names = LOOKUP_TABLES.map(() => new Map<string, number>());
  readonly #statuses = new Map<string, number>();
  readonly #owners = new JobOwners();
  /** The order of the owners in the summary, of as many as there were when it was asked for last. */
  #ownerRanks: Int32Array = new Int32Array(0);
  readonly #cells = new SummaryCells();
  readonly #summary: SummaryPages;
  readonly #summaryIndexes = new SummaryIndexes();
  readonly #facts: FactPages;
  readonly #incomplete = new IncompleteIndex();
  /** Batches whose predecessors are still being encoded. */
  readonly #early = new Map<number, { taken: TakenBatch; encoded: EncodedBatch }>();
  #accepted = 0;
  readonly #jobs: TableLeaves[] = [];
  readonly #charges: TableLeaves[] = [];
  readonly #columns = new GrowingRowColumns();
  readonly #entries: EntryRuns;
  readonly #mostSortedJobs: number;
  #batches = 0;
  #open = true;
  #rows = 0;

  constructor(
    building: BuildingFile,
    run: WritingRun,
    expectedJobs: number,
    kernel: WebAssembly.Module,
    mostSortedJobs = MOST_SORTED_JOBS,
  ) {
    this.#mostSortedJobs = mostSortedJobs;
    this.#building = building;
    this.#run = run;
    this.#kernel = kernel;
    this.#seen = new SeenJobs(expectedJobs);
    this.#fd = openSync(building.path, 'r+');
    this.#entries = new EntryRuns(`${building.path}.entries`);
    const count = new Int32Array(new SharedArrayBuffer(4));
    count[0] = building.pageCount;
    this.#share = { fd: this.#fd, pageSize: building.pageSize, count };
    const file = new PageFile(this.#share);
    this.#summary = new SummaryPages(file, this.#rootPage('daily_summary'));
    this.#facts = new FactPages(file, new FactKernel(kernel));
  }

  /** Gives the jobs of the next batch, and names that are new with it, their ids. */
  take({ rows, identities, names }: BatchKeys, { fileId, firstLine }: ChunkPlace): TakenBatch {
    const kept = this.#keptRows(rows, identities);
    const jobs = kept === null ? rows : kept.reduce((sum, isKept) => sum + isKept, 0);
    const nameIds: Record<number, Int32Array<ArrayBuffer>> = {};
    for (const [i, { coded }] of LOOKUP_TABLES.entries()) {
      nameIds[coded] = Int32Array.from(names[coded], (name) => idOf(this.#names[i], name));
    }
    nameIds[CODED.status] = Int32Array.from(names[CODED.status], (text) =>
      idOf(this.#statuses, text),
    );
    const { runId, chargeVersion, qosIds, qosFactors } = this.#run;
    const ids = {
      file: this.#share,
      kept,
      firstRowId: this.#rows + 1,
      firstLine,
      nameIds,
      fileId,
      runId,
      chargeVersion,
      qosIds,
      qosFactors,
    };
    this.#rows += jobs;
    return { ids, sequence: this.#batches++, jobs };
  }

  /**
   * Takes in what a worker has made of a batch, in the order of the batches: an early one waits for its turn.
   * @returns the doubtful jobs of those whose turn has come.
   */
  accept(taken: TakenBatch, encoded: EncodedBatch): SuspectJobs[] {
    this.#early.set(taken.sequence, { taken, encoded });
    const suspects: SuspectJobs[] = [];
    for (;;) {
      const next = this.#early.get(this.#accepted);
      if (next === undefined) return suspects;
      this.#early.delete(this.#accepted);
      this.#accepted++;
      const { ids } = next.taken;
      this.#acceptNext(ids, next.encoded);
      const { suspects: batch } = next.encoded;
      if (batch !== null) suspects.push({ fileId: ids.fileId, firstLine: ids.firstLine, batch });
    }
  }

  #acceptNext({ firstRowId }: BatchIds, encoded: EncodedBatch): void {
    const ownerOf = this.#owners.codes(encoded.ownerIds);
    const { ends, owners } = encoded;
    for (let i = 0; i < owners.length; i++) owners[i] = ownerOf[owners[i]];
    this.#columns.set(firstRowId - 1, ends, owners);
    this.#entries.add(encoded.entries);
    this.#cells.merge(encoded.cells, ownerOf);
    this.#facts.append(firstRowId, encoded.facts);
    this.#incomplete.append(firstRowId, encoded.incomplete);
    this.#writeSummary(this.#cells.newestDay - OPEN_DAYS);
    this.#jobs.push(encoded.jobs);
    this.#charges.push(encoded.charges);
    // The collector would be called for them again and again.
    for (const { buffer } of [ends, owners, encoded.cells, encoded.facts.columns])
      buffer.transfer(0);
  }

  /** What workers have to do for each index by owner, if it is theirs; the columns are shared between them. */
  indexes(): IndexWriting[] {
    // All jobs are in; the memory is wanted for sorting.
    this.#seen.release();
    if (!this.#areJobsSorted) return [];
    const { rows, ends, owners } = this.#columns;
    const shared = {
      file: this.#share,
      rows: { rows, ends, owners },
      ownerIds: this.#owners.ids(),
    };
    return OWNER_INDEXES.map(({ name, columns }) => ({
      ...shared,
      columns,
      rootPage: this.#rootPage(name),
    }));
  }

  /** What a worker has to do for the unique index, beside the others. */
  uniqueIndex(): UniqueIndexWriting {
    return {
      file: this.#share,
      rootPage: this.#rootPage(UNIQUE_INDEX),
      runs: this.#entries.share(),
    };
  }

  /** Builds the tables over their leaves; afterwards SQLite can open the file. */
  finishTables(): void {
    const file = new PageFile(this.#share);
    const header = new FileHeader(file, this.#fd);
    writeTable(file, this.#fd, header, this.#jobs, this.#rootPage('jobs'));
    writeTable(file, this.#fd, header, this.#charges, this.#rootPage('job_charges'));
    this.#writeSummary(Number.POSITIVE_INFINITY);
    this.#summary.finish();
    this.#writeSummaryIndexes(file);
    this.#incomplete.write(file, this.#rootPage(INCOMPLETE_INDEX));
    this.#facts.finish();
    writeTable(file, this.#fd, header, this.#facts.leaves, this.#rootPage('job_facts'));
    header.write();
    this[Symbol.dispose]();
  }

  /** Has SQLite build the indexes that are not written as pages. */
  createLaterIndexes(db: Database.Database): void {
    for (const sql of this.#building.laterIndexes) db.exec(sql);
    if (!this.#areJobsSorted) for (const { name } of OWNER_INDEXES) db.exec(`REINDEX ${name}`);
  }

  /**
   * Compares the number of jobs in the table with those that were put into it. Whether each index has an entry
   * for each of them is a part of `quickCheck`, but for the partial one.
   * @param added how many jobs SQLite has inserted since.
   * @throws LedgerError where they differ.
   */
  demandRows(db: Database.Database, added: number): void {
    const wanted = this.#rows + added;
    const rows = db.prepare<[], number>('SELECT count(*) FROM jobs').pluck().get();
    if (rows !== wanted) {
      throw new LedgerError(
        'unusable',
        `${db.name}: there are ${rows} rows of jobs instead of ${wanted}, so the ledger that was built ` +
          'was not put into service',
      );
    }
    demandIncompleteIndex(db);
  }

  /** Writes names through SQLite, and the days that must be summarised there. */
  storeNames(db: Database.Database): void {
    const ids = this.#owners.ids();
    db.transaction(() => {
      for (const [i, { table, column }] of LOOKUP_TABLES.entries()) {
        const insert = db.prepare(`INSERT INTO ${table} (id, ${column}) VALUES (?, ?)`);
        // A name that only suspects have is not a job's yet, and may never be.
        const used = new Set(ids.filter((_, at) => at % IDS_PER_OWNER === i));
        for (const [name, id] of this.#names[i]) if (used.has(id)) insert.run(id, name);
      }
      const insertStatus = db.prepare('INSERT INTO exit_statuses (id, status) VALUES (?, ?)');
      for (const [status, id] of this.#statuses) insertStatus.run(id, status);
      const segments = new FactSegments(db);
      for (const { segment, jobs, ...days } of this.#facts.segments) {
        segments.enter(segment, jobs, days);
      }
      const markStale = db.prepare('INSERT INTO stale_days (date) VALUES (?)');
      for (const day of this.#cells.lateDays) markStale.run(formatLocalDay(day));
    })();
  }

  /** Closes the files, for the workers too. */
  [Symbol.dispose](): void {
    if (this.#open) closeSync(this.#fd);
    this.#open = false;
    this.#entries[Symbol.dispose]();
  }

  /** Writes the summary of the days before this one, for which no job is expected any more. */
  #writeSummary(before: number): void {
    // Asked after every chunk, and mostly no day has ended; only then are the owners worth ranking.
    if (!this.#cells.hasDayBefore(before)) return;
    const ids = this.#owners.ids();
    // After a while nearly all owners are known, and their ranks stay the same from day to day.
    if (this.#ownerRanks.length * IDS_PER_OWNER !== ids.length) {
      this.#ownerRanks = ownerRanks(ids, ['user', 'account', 'queue']);
    }
    for (const cell of this.#cells.takeBefore(before, this.#ownerRanks)) {
      this.#summary.append(cell, ids);
      this.#summaryIndexes.append(cell.day, cell.owner);
    }
  }

  #writeSummaryIndexes(file: PageFile): void {
    const kernel = new IndexKernel(this.#kernel);
    this.#summaryIndexes.write(file, kernel, this.#owners.ids(), (name) => this.#rootPage(name));
  }

  get #areJobsSorted(): boolean {
    return this.#rows <= this.#mostSortedJobs;
  }

  /** @returns 1 for each row that is surely new, or null where all are. */
  #keptRows(rows: number, identities: Uint32Array): Uint8Array<ArrayBuffer> | null {
    let kept: Uint8Array<ArrayBuffer> | null = null;
    for (let row = 0; row < rows; row++) {
      if (!this.#seen.add(identities[2 * row], identities[2 * row + 1])) continue;
      kept ??= new Uint8Array(rows).fill(1);
      kept[row] = 0;
    }
    return kept;
  }

  #rootPage(name: string): number {
    const page = this.#building.rootPages.get(name);
    if (page === undefined) throw new Error(`the schema has no ${name}`);
    return page;
  }
}

function idOf(ids: Map<string, number>, name: string): number {
  const known = ids.get(name);
  if (known !== undefined) return known;
  ids.set(name, ids.size + 1);
  return ids.size;
}
