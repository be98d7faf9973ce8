import type Database from 'better-sqlite3';
import { BatchWriter, type WritingRun } from '../src/ledger/sqlite/batch-writer.ts';
import type { ChunkPlace, CommitCounts } from '../src/ledger/sqlite/chunk-place.ts';
import { SourceFiles } from '../src/ledger/sqlite/source-files.ts';
import type { ParsedChunk } from '../src/sources/parsed-chunk.ts';
import { sourceFileOf } from './journal-entry.ts';
import type { BegunFile, ChunkSink, LoadedFile } from './load-files.ts';

/** Takes parsed chunks into a ledger that is there: each is a transaction, with how far its file is read. */
export class AppendSink implements ChunkSink {
  readonly afterFailure = 'What was committed before stays; run the same command again to go on.';
  readonly #writer: BatchWriter;
  readonly #journal: SourceFiles;
  readonly #runId: number;

  constructor(db: Database.Database, run: WritingRun) {
    this.#writer = new BatchWriter(db, run);
    this.#journal = new SourceFiles(db);
    this.#runId = run.runId;
  }

  beginFile({ source, known, action, from }: BegunFile): number {
    if (known === null || action === 'new' || action === 'replaced') {
      return this.#journal.enter(sourceFileOf(source), from, this.#runId);
    }
    this.#journal.goOn(known.id, from.offset, this.#runId);
    return known.id;
  }

  commit(chunk: ParsedChunk, place: ChunkPlace): CommitCounts {
    return this.#writer.commit(chunk, place);
  }

  endFile({ source, fileId, resume }: LoadedFile): void {
    this.#journal.complete(fileId, sourceFileOf(source), resume);
  }
}
