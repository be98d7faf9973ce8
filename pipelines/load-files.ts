import { createHash, type Hash } from 'node:crypto';
import type { ChunkPlace, CommitCounts, ResumePoint } from '../src/ledger/sqlite/chunk-place.ts';
import { FRAMINGS } from '../src/sources/framings.ts';
import type { ParsedChunk, ParsedLines } from '../src/sources/parsed-chunk.ts';
import {
  digestOf,
  hashBeginning,
  type RecordChunk,
  recordChunks,
} from '../src/sources/record-chunks.ts';
import type { SourceContent } from '../src/sources/source-content.ts';
import { SourceError } from '../src/sources/source-error.ts';
import { checkNotShrunk } from '../src/sources/source-failure.ts';
import type { ReadChunkTask } from '../workers/messages.ts';
import type { WorkerPool } from '../workers/worker-pool.ts';
import { BoundedWork } from './bounded-work.ts';
import { ChunkError } from './chunk-error.ts';
import { addChunk, type FileCounts, noCounts, sumOf } from './file-counts.ts';
import { Interruption } from './interruption.ts';
import type { PlannedFile, PlannedSource } from './plan-files.ts';
import { type JudgedLines, type RejectLimit, RejectLimitError } from './reject-limit.ts';

/**
 * How a file is read: for the first time, on from where it was left, once more because that was asked for, or
 * once more because what stands under its path now is another content.
 */
export type FileAction = 'new' | 'resumed' | 'again' | 'replaced';

/** A file whose turn has come. */
export interface BegunFile extends PlannedFile {
  readonly action: FileAction;
  /** From where on it is read. */
  readonly from: ResumePoint;
}

export interface LoadedFile extends BegunFile {
  readonly fileId: number;
  readonly counts: FileCounts;
  /** From where on it will be read when it has grown. */
  readonly resume: ResumePoint;
  /** Bytes of a last record that is not ended and was left for the next time. */
  readonly unfinishedBytes: number;
  /** Why it could not be read to its end; null where it was. What was read before stays. */
  readonly problem: SourceError | null;
}

/** Where chunks go that have been read, file after file, one after the other in the order of their file. */
export interface ChunkSink<Chunk extends ParsedLines = ParsedChunk> {
  /** What a reader of an error should know of what was committed before it. */
  readonly afterFailure: string;
  /** @returns the id that the journal knows the file by. */
  beginFile(file: BegunFile): number;
  /** @param failed says of a failure which chunk it was, for a sink that goes on with it afterwards. */
  commit(
    chunk: Chunk,
    place: ChunkPlace,
    failed: (cause: unknown) => Error,
  ): CommitCounts | Promise<CommitCounts>;
  endFile(file: LoadedFile): void;
}

/** How far a load is: bytes of all files, and what the committed lines have become. */
export interface LoadProgress {
  readonly totalBytes: number;
  readonly doneBytes: number;
  readonly counts: Readonly<FileCounts>;
}

export interface FilesLoad<Chunk extends ParsedLines = ParsedChunk> {
  readonly files: readonly PlannedFile[];
  /** Reads a chunk in some thread. */
  readonly read: (task: ReadChunkTask) => Promise<Chunk>;
  readonly workers: Pick<WorkerPool, 'inFlight'>;
  readonly sink: ChunkSink<Chunk>;
  readonly chunkBytes?: number | undefined;
  readonly rejectLimit?: RejectLimit | undefined;
  /** Aborted where the load must end at the next chunk; its reason is an Interruption. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (progress: LoadProgress) => void;
}

/**
 * Loads files in the order in which they were named. Chunks are read in parallel, over the borders of files,
 * and committed one by one in order. As many are under way as the workers can use and no more, so memory does
 * not grow with the files. A file that can't be read to its end, such as a damaged archive, does not keep those
 * after it from being loaded.
 * @throws SourceError where no file could be read to its end.
 * @throws ChunkError that names the file and the chunk; what was committed before stays.
 * @throws Interruption after the last commit.
 */
export async function loadFiles<Chunk extends ParsedLines>(
  load: FilesLoad<Chunk>,
): Promise<LoadedFile[]> {
  const loading = new Loading(load);
  const commits = new BoundedWork({ concurrency: 1, mostWaiting: load.workers.inFlight - 1 });
  try {
    for (const file of load.files) await loadFile(load, loading, commits, file);
    await commits.settled();
    const { loaded } = loading;
    const [first] = loaded;
    if (first?.problem != null && loaded.every(({ problem }) => problem !== null))
      throw first.problem;
    return loaded;
  } finally {
    await commits.abandon();
  }
}

async function loadFile<Chunk extends ParsedLines>(
  load: FilesLoad<Chunk>,
  loading: Loading<Chunk>,
  commits: BoundedWork,
  file: PlannedFile,
): Promise<void> {
  const { source } = file;
  const { content, hash, begun } = await openAtRows(file);
  try {
    await commits.add(async () => loading.begin(begun));
    const framing = FRAMINGS[source.format.name];
    const chunkBytes = load.chunkBytes ?? framing.chunkBytes;
    const fromOffset = begun.from.offset;
    for await (const chunk of recordChunks(content, { chunkBytes, framing, fromOffset, hash })) {
      if (load.signal?.aborted === true) {
        await commits.settled();
        throw Interruption.of(load.signal);
      }
      const readBytes = content.readBytes;
      if (!chunk.ended && framing.unfinished === 'left') {
        await commits.add(async () => loading.leave(chunk));
        continue;
      }
      const reading = load.read({ chunk: chunk.bytes, format: source.format });
      // Heard when its turn has come; until then a failure must not count as unhandled.
      reading.catch(() => {});
      await commits.add(() => loading.commit(chunk, reading, readBytes));
    }
    checkNotShrunk(source.path, source.sizeBytes, content.readBytes);
    await commits.add(async () => loading.end());
  } catch (problem) {
    // Of the source itself: what is wrong with a chunk or the ledger is told otherwise.
    if (!(problem instanceof SourceError)) throw problem;
    await commits.add(async () => loading.breakOff(problem));
  } finally {
    await content.close();
  }
}

interface OpenedFile {
  readonly content: SourceContent;
  readonly hash: Hash;
  readonly begun: BegunFile;
}

/** Opens a file where its rows begin or, where it still begins with what was read before, behind that. */
async function openAtRows(file: PlannedFile): Promise<OpenedFile> {
  const { source, known, isAlike, fromTheTop } = file;
  let action: FileAction = known === null ? 'new' : 'replaced';
  if (known !== null && isAlike) {
    const { offset, contentHash } = known.resume;
    const { content, hash } = await openBehind(source, offset);
    const isSame = content !== null && digestOf(hash) === contentHash;
    if (isSame && !fromTheTop) {
      return { content, hash, begun: { ...file, action: 'resumed', from: known.resume } };
    }
    if (isSame) action = 'again';
    await content?.close();
  }
  const { content, hash } = await openBehind(source, source.rows.offset);
  if (content === null) throw new SourceError(becameShorter(source.path));
  const from = { ...source.rows, contentHash: digestOf(hash) };
  return { content, hash, begun: { ...file, action, from } };
}

/** @returns the content with the hash of what is before the offset; no content where it is shorter. */
async function openBehind(
  source: PlannedSource,
  offset: number,
): Promise<{ content: SourceContent | null; hash: Hash }> {
  const content = await source.open();
  const hash = createHash('sha256');
  try {
    if (await hashBeginning(content, offset, hash)) return { content, hash };
  } catch (cause) {
    await content.close();
    throw cause;
  }
  await content.close();
  return { content: null, hash };
}

function becameShorter(path: string): string {
  return (
    `${path}: the file became shorter than its header while it was read. ` +
    'Run the same command again once it is complete.'
  );
}

/** The committing side of a load: one file at a time, one chunk at a time. */
class Loading<Chunk extends ParsedLines> {
  readonly loaded: LoadedFile[] = [];
  readonly #load: FilesLoad<Chunk>;
  readonly #totalBytes: number;
  #before = noCounts();
  #bytesBefore = 0;
  #file: Mutable<LoadedFile> | undefined;

  constructor(load: FilesLoad<Chunk>) {
    this.#load = load;
    this.#totalBytes = load.files.reduce((sum, { source }) => sum + source.sizeBytes, 0);
  }

  begin(begun: BegunFile): void {
    const fileId = this.#load.sink.beginFile(begun);
    const counts = { ...noCounts(), committedBytes: begun.from.offset };
    this.#file = {
      ...begun,
      fileId,
      counts,
      resume: begun.from,
      unfinishedBytes: 0,
      problem: null,
    };
  }

  async commit(chunk: RecordChunk, reading: Promise<Chunk>, readBytes: number): Promise<void> {
    const file = this.#current();
    const { sink, rejectLimit, onProgress } = this.#load;
    const { counts, source } = file;
    const { byteOffset, endOffset, ended, contentHash } = chunk;
    const failed = (cause: unknown): Error =>
      chunkError(cause, source.path, chunk, sink.afterFailure);
    try {
      const parsed = await reading;
      const firstLine = file.from.line + counts.lines;
      const resume = ended
        ? { offset: endOffset, line: firstLine + parsed.lines, contentHash }
        : { offset: byteOffset, line: firstLine, contentHash };
      rejectLimit?.check(judgedLines(file), { path: source.path, firstLine, parsed });
      const resumes = file.action === 'resumed' && byteOffset === file.from.offset;
      const place = { fileId: file.fileId, byteOffset, endOffset, firstLine, resume, resumes };
      addChunk(counts, parsed, await sink.commit(parsed, place, failed));
      file.resume = resume;
    } catch (cause) {
      throw failed(cause);
    }
    counts.committedBytes = endOffset;
    const doneBytes = this.#bytesBefore + readBytes;
    onProgress({
      totalBytes: Math.max(this.#totalBytes, doneBytes),
      doneBytes,
      counts: sumOf(this.#before, counts),
    });
  }

  /** A last record that is still being written is left for the next time. */
  leave({ byteOffset, endOffset }: RecordChunk): void {
    this.#current().unfinishedBytes = endOffset - byteOffset;
  }

  end(): void {
    this.#load.sink.endFile(this.#current());
    this.#finish();
  }

  /** What follows in the file can't be read. */
  breakOff(problem: SourceError): void {
    this.#current().problem = problem;
    this.#finish();
  }

  #finish(): void {
    const file = this.#current();
    this.#before = sumOf(this.#before, file.counts);
    this.#bytesBefore += file.source.sizeBytes;
    this.loaded.push(file);
  }

  #current(): Mutable<LoadedFile> {
    if (this.#file === undefined) throw new Error('no file has been begun');
    return this.#file;
  }
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What all runs have made of the file so far. */
function judgedLines({ action, known, counts }: LoadedFile): JudgedLines {
  const before = action === 'resumed' ? known?.soFar : undefined;
  return {
    lines: (before?.lines ?? 0) + counts.lines - counts.skippedLines,
    rejects: (before?.rejects ?? 0) + counts.rejects,
  };
}

/** A failure with the place that it happened at. */
function chunkError(
  cause: unknown,
  path: string,
  { byteOffset, endOffset }: RecordChunk,
  afterFailure: string,
): Error {
  // Of an earlier chunk, whose failure is heard of now.
  if (cause instanceof ChunkError) return cause;
  if (cause instanceof RejectLimitError) {
    return new RejectLimitError(`${cause.message} ${afterFailure}`, { cause });
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ChunkError(
    `${path}: loading bytes ${byteOffset} to ${endOffset} failed: ${why}. ${afterFailure}`,
    { cause },
  );
}
