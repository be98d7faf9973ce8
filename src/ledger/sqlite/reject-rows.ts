import type Database from 'better-sqlite3';
import type { Reject } from '../../sources/reject.ts';
import type { ChunkPlace } from './chunk-place.ts';

/** Stores the lines that can't be jobs. */
export class RejectRows {
  readonly #insert: Database.Statement<[Record<string, string | number>]>;

  readonly #forget: Database.Statement<[number, number, number]>;

  constructor(db: Database.Database) {
    // A file that is read again meets its old rejects; the latest run's reading of a chunk counts.
    this.#forget = db.prepare(
      'DELETE FROM rejects WHERE file_id = ? AND byte_offset >= ? AND byte_offset < ?',
    );
    this.#insert = db.prepare(
      `INSERT INTO rejects (run_id, file_id, line, byte_offset, code, reason, raw_text)
       VALUES (@runId, @fileId, @line, @byteOffset, @code, @reason, @rawText)`,
    );
  }

  insert(rejects: readonly Reject[], place: ChunkPlace, runId: number): void {
    this.#forget.run(place.fileId, place.byteOffset, place.endOffset);
    for (const { line, byteOffset, code, reason, rawText } of rejects) {
      this.#insert.run({
        runId,
        fileId: place.fileId,
        line: place.firstLine + line,
        byteOffset: place.byteOffset + byteOffset,
        code,
        reason,
        rawText,
      });
    }
  }
}
