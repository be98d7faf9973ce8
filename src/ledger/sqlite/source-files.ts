import { resolve } from 'node:path';
import type Database from 'better-sqlite3';
import type { CommitCounts } from './chunk-place.ts';

/** A source file as the journal knows it: the same path with another size is another file. */
export interface SourceFile {
  /** Kept as an absolute path, since each run may have another working directory. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Epoch milliseconds. */
  readonly modifiedMs: number;
  /** Where the rows begin, behind the header. */
  readonly rowsOffset: number;
}

/** The journal of the files that were read, and how far. */
export class SourceFiles {
  readonly #register: Database.Statement<[Record<string, string | number>], number>;
  readonly #advance: Database.Statement<[Record<string, number>]>;

  constructor(db: Database.Database) {
    // A file that is read once more begins at its first row again.
    this.#register = db
      .prepare<[Record<string, string | number>], number>(
        `INSERT INTO source_files
           (path, size_bytes, modified_at, format, committed_offset, last_run_id)
         VALUES (@path, @sizeBytes, @modifiedAt, @format, @rowsOffset, @runId)
         ON CONFLICT (path, size_bytes) DO UPDATE SET
           modified_at = excluded.modified_at, format = excluded.format, last_run_id = excluded.last_run_id,
           committed_offset = excluded.committed_offset, lines = 0, duplicates = 0, rejects = 0, skipped_lines = 0
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
      path: resolve(file.path),
      sizeBytes: file.sizeBytes,
      modifiedAt: Math.floor(file.modifiedMs / 1000),
      format: 'qhist-csv',
      rowsOffset: file.rowsOffset,
      runId,
    });
    return Number(id);
  }

  /** Adds what has been read of a file since the last time. */
  advance(fileId: number, endOffset: number, read: FileAdvance): void {
    const { lines, skippedLines, jobs, duplicates, rejects } = read;
    this.#advance.run({ fileId, endOffset, lines, skippedLines, jobs, duplicates, rejects });
  }
}

export interface FileAdvance extends CommitCounts {
  readonly lines: number;
  readonly skippedLines: number;
}
