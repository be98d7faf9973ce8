import type Database from 'better-sqlite3';
import type { CommitCounts, ResumePoint } from '../src/ledger/sqlite/chunk-place.ts';
import type { OldSchema } from '../src/sources/old-database/old-schema.ts';
import type { RowRange } from '../src/sources/old-database/read-old-rows.ts';
import type { HeldChunk, WorkerPool } from '../workers/worker-pool.ts';
import { BoundedWork } from './bounded-work.ts';
import type { FilledFile } from './build-ledger.ts';
import { ChunkError } from './chunk-error.ts';
import { addChunk, noCounts } from './file-counts.ts';
import { Interruption } from './interruption.ts';
import type { JournalledSource } from './journal-entry.ts';
import type { ChunkSink, LoadProgress } from './load-files.ts';

export const OLD_DATABASE = 'old-database';

export interface OldDatabaseLoad {
  /** As the journal is told of it; the path that is read may be that of a copy. */
  readonly source: JournalledSource;
  readonly path: string;
  readonly schema: OldSchema;
  /** Of the main thread, which tells where the rows are; each worker has its own. */
  readonly db: Database.Database;
  readonly workers: WorkerPool;
  readonly sink: Pick<ChunkSink<HeldChunk>, 'commit' | 'afterFailure'>;
  readonly rows: number;
  readonly rowsAtOnce?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (progress: LoadProgress) => void;
}

/** There is one source, and so one file in the journal of a new ledger. */
const FILE_ID = 1;

/** A chunk of them takes about as much memory as one of text. */
const ROWS_AT_ONCE = 8192;

/**
 * Loads the jobs of an old database in the order of their row ids, which stand for lines and bytes in the
 * journal. Ranges of row ids are read in parallel and committed one by one in order.
 * @throws ChunkError that names the row ids.
 * @throws Interruption
 */
export async function loadOldDatabase(load: OldDatabaseLoad): Promise<FilledFile[]> {
  const { workers, sink, path, schema, onProgress } = load;
  const commits = new BoundedWork({ concurrency: 1, mostWaiting: workers.inFlight - 1 });
  const counts = noCounts();
  const from = resumeAt(0);
  let resume = from;
  const commit = async (range: RowRange, reading: Promise<HeldChunk>): Promise<void> => {
    const failed = (cause: unknown): Error =>
      rowsError(load.source.path, range, cause, sink.afterFailure);
    try {
      const held = await reading;
      addChunk(counts, held, await committed(sink, range, held, failed));
    } catch (cause) {
      throw failed(cause);
    }
    resume = resumeAt(range.last + 1);
    counts.committedBytes = resume.offset;
    onProgress({ totalBytes: load.rows, doneBytes: counts.lines, counts });
  };
  try {
    for (const range of rowRanges(load.db, load.rowsAtOnce ?? ROWS_AT_ONCE)) {
      if (load.signal?.aborted === true) throw Interruption.of(load.signal);
      const reading = workers.holdOldRows({ path, schema, ...range });
      // Heard when its turn has come; until then a failure must not count as unhandled.
      reading.catch(() => {});
      await commits.add(() => commit(range, reading));
    }
    await commits.settled();
  } finally {
    await commits.abandon();
  }
  return [{ source: load.source, fileId: FILE_ID, counts, from, resume, problem: null }];
}

async function committed(
  sink: Pick<ChunkSink<HeldChunk>, 'commit'>,
  { first, last }: RowRange,
  held: HeldChunk,
  failed: (cause: unknown) => Error,
): Promise<CommitCounts> {
  const place = {
    fileId: FILE_ID,
    byteOffset: first,
    endOffset: last + 1,
    firstLine: first,
    resume: resumeAt(last + 1),
  };
  return sink.commit(held, place, failed);
}

/** An old database is read once and as a whole: nothing will be read on from there. */
function resumeAt(rowId: number): ResumePoint {
  return { offset: rowId, line: rowId, contentHash: '' };
}

/** Ranges of so many row ids, without those in which there is no row. */
function* rowRanges(db: Database.Database, rowIds: number): Generator<RowRange, void> {
  const next = db
    .prepare<[number], number | null>('SELECT min(rowid) FROM jobs WHERE rowid >= ?')
    .pluck();
  for (let from = Number.MIN_SAFE_INTEGER; ; ) {
    const first = next.get(from);
    if (first === undefined || first === null) return;
    const last = first + rowIds - 1;
    yield { first, last };
    from = last + 1;
  }
}

function rowsError(path: string, { first, last }: RowRange, cause: unknown, after: string): Error {
  // Of earlier rows, whose failure is heard of now.
  if (cause instanceof ChunkError) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ChunkError(`${path}: loading rows ${first} to ${last} failed: ${why}. ${after}`, {
    cause,
  });
}
