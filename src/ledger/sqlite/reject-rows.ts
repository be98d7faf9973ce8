import type Database from 'better-sqlite3';
import type { Reject } from '../../sources/reject.ts';
import type { ChunkPlace } from './chunk-place.ts';

/** Stores the lines that can't be jobs. */
export class RejectRows {
  readonly #insert: Database.Statement<[Record<string, string | number>]>;

  constructor(db: Database.Database) {
    // A file that is read again meets its old rejects; the latest run's reading of a line counts.
    this.#insert = db.prepare(
      `INSERT INTO rejects (run_id, file_id, line, byte_offset, code, reason, raw_text)
       VALUES (@runId, @fileId, @line, @byteOffset, @code, @reason, @rawText)
       ON CONFLICT (file_id, byte_offset) DO UPDATE SET
         run_id = excluded.run_id, line = excluded.line, code = excluded.code,
         reason = excluded.reason, raw_text = excluded.raw_text`,
    );
  }

  /** @param firstLine the number of the chunk's first line in its file. */
  insert(rejects: readonly Reject[], place: ChunkPlace, firstLine: number, runId: number): void {
    for (const { line, byteOffset, code, reason, rawText } of rejects) {
      this.#insert.run({
        runId,
        fileId: place.fileId,
        line: firstLine + line,
        byteOffset: place.byteOffset + byteOffset,
        code,
        reason,
        rawText,
      });
    }
  }
}
