import type Database from 'better-sqlite3';
import type { ParsedChunk } from '../../sources/parsed-chunk.ts';
import type { ChunkPlace, CommitCounts } from './batch-writer.ts';

/** A source file as the journal knows it: the same path with other content is another file. */
export interface SourceFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** Epoch milliseconds. */
  readonly modifiedMs: number;
  readonly format: string;
}

/** The journal of the files that were read, and how far. */
export class SourceFiles {
  readonly #register: Database.Statement<[Record<string, string | number>], number>;
  readonly #advance: Database.Statement<[Record<string, number>]>;

  constructor(db: Database.Database) {
    // A file that is read once more begins at its first byte again.
    this.#register = db
      .prepare<[Record<string, string | number>], number>(
        `INSERT INTO source_files (path, size_bytes, modified_at, format, last_run_id)
         VALUES (@path, @sizeBytes, @modifiedAt, @format, @runId)
         ON CONFLICT (path, size_bytes, modified_at) DO UPDATE SET
           format = excluded.format, last_run_id = excluded.last_run_id,
           committed_offset = 0, lines = 0, duplicates = 0, rejects = 0, skipped_lines = 0
         RETURNING id`,
      )
      .pluck();
    this.#advance = db.prepare(
      `UPDATE source_files SET
         committed_offset = @endOffset, lines = lines + @lines, jobs = jobs + @jobs,
         duplicates = duplicates + @duplicates, rejects = rejects + @rejects,
         skipped_lines = skipped_lines + @skippedLines
       WHERE id = @fileId`,
    );
  }

  /** @returns the file's id. */
  register(file: SourceFile, runId: number): number {
    const id = this.#register.get({
      path: file.path,
      sizeBytes: file.sizeBytes,
      modifiedAt: Math.floor(file.modifiedMs / 1000),
      format: file.format,
      runId,
    });
    return Number(id);
  }

  advance(place: ChunkPlace, chunk: ParsedChunk, counts: CommitCounts): void {
    this.#advance.run({
      fileId: place.fileId,
      endOffset: place.endOffset,
      lines: chunk.lines,
      skippedLines: chunk.skippedLines,
      ...counts,
    });
  }
}
