import type Database from 'better-sqlite3';
import type { CommitCounts, ResumePoint } from './chunk-place.ts';

/** A source file as the journal is told of it. */
export interface SourceFile {
  /** Absolute, since each run may have another working directory; or a word for what has no path. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Epoch milliseconds. */
  readonly modifiedMs: number;
  readonly formatName: string;
  /** The line that names the columns of a CSV export; null where the format has none. */
  readonly header: string | null;
}

/** What the journal knows of the content that a path had last. */
export interface KnownFile extends SourceFile {
  readonly id: number;
  readonly resume: ResumePoint;
  /** Whether it was read to its end. */
  readonly complete: boolean;
  /** What its rows up to there have become; blank and other lines are not among them. */
  readonly soFar: { readonly lines: number; readonly rejects: number };
}

/** What a run adds to the counts of a file. */
export interface FileAdvance extends CommitCounts {
  readonly lines: number;
  readonly skippedLines: number;
}

interface KnownRow {
  readonly id: number;
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly formatName: string;
  readonly header: string | null;
  readonly offset: number;
  readonly line: number;
  readonly contentHash: string | null;
  readonly complete: number;
  readonly lines: number;
  readonly rejects: number;
}

type Values = Record<string, string | number | null>;

/** The journal of the files that were read, and how far. */
export class SourceFiles {
  readonly #known: Database.Statement<[string], KnownRow>;
  readonly #enter: Database.Statement<[Values]>;
  readonly #take: Database.Statement<[Values]>;
  readonly #begin: Database.Statement<[Values]>;
  readonly #advanceFile: Database.Statement<[Values]>;
  readonly #advanceRun: Database.Statement<[Values]>;
  readonly #complete: Database.Statement<[Values]>;

  constructor(db: Database.Database) {
    this.#known = db.prepare(
      `SELECT id, path, size_bytes AS sizeBytes, modified_ms AS modifiedMs, format AS formatName, header,
         committed_offset AS offset, next_line AS line, content_hash AS contentHash, complete,
         (SELECT total(lines - skipped_lines) FROM run_files
          WHERE file_id = f.id AND run_id >= (
            -- The last run that has begun with its first row.
            SELECT run_id FROM run_files WHERE file_id = f.id ORDER BY from_offset, run_id DESC LIMIT 1
          )) AS lines,
         (SELECT count(*) FROM rejects WHERE file_id = f.id AND byte_offset < committed_offset) AS rejects
       FROM source_files f WHERE path = ? ORDER BY id DESC LIMIT 1`,
    );
    this.#enter = db.prepare(
      `INSERT INTO source_files
         (path, size_bytes, modified_ms, format, header, committed_offset, content_hash, next_line)
       VALUES (@path, @sizeBytes, @modifiedMs, @formatName, @header, @offset, @contentHash, @line)`,
    );
    this.#take = db.prepare(
      `INSERT INTO run_files (run_id, file_id, from_offset, to_offset)
       VALUES (@runId, @fileId, @offset, @offset) ON CONFLICT DO NOTHING`,
    );
    this.#begin = db.prepare('UPDATE source_files SET complete = 0 WHERE id = @fileId');
    this.#advanceFile = db.prepare(
      `UPDATE source_files SET committed_offset = @offset, content_hash = @contentHash, next_line = @line
       WHERE id = @fileId`,
    );
    this.#advanceRun = db.prepare(
      `UPDATE run_files SET
         to_offset = @endOffset, lines = lines + @lines, jobs = jobs + @jobs,
         duplicates = duplicates + @duplicates, updated = updated + @updated, rejects = rejects + @rejects,
         skipped_lines = skipped_lines + @skippedLines
       WHERE run_id = @runId AND file_id = @fileId`,
    );
    this.#complete = db.prepare(
      `UPDATE source_files SET
         size_bytes = @sizeBytes, modified_ms = @modifiedMs, complete = 1,
         committed_offset = @offset, content_hash = @contentHash, next_line = @line
       WHERE id = @fileId`,
    );
  }

  /** @returns the file that the path was when it was read last, or undefined. */
  find(path: string): KnownFile | undefined {
    const row = this.#known.get(path);
    if (row === undefined || row.contentHash === null) return undefined;
    const { offset, line, contentHash, complete, lines, rejects, ...file } = row;
    const resume = { offset, line, contentHash };
    return { ...file, resume, complete: complete === 1, soFar: { lines, rejects } };
  }

  /**
   * Enters a file that is read from its first row.
   * @returns its id.
   */
  enter(file: SourceFile, rows: ResumePoint, runId: number): number {
    const { path, sizeBytes, modifiedMs, formatName, header } = file;
    const { lastInsertRowid } = this.#enter.run({
      path,
      sizeBytes,
      modifiedMs: Math.floor(modifiedMs),
      formatName,
      header,
      ...rows,
    });
    const fileId = Number(lastInsertRowid);
    this.goOn(fileId, rows.offset, runId);
    return fileId;
  }

  /** Notes that a run goes on with a file from an offset; until it is done, its end is not read. */
  goOn(fileId: number, offset: number, runId: number): void {
    this.#take.run({ fileId, offset, runId });
    this.#begin.run({ fileId });
  }

  /** Adds what a run has read of a file since the last time. */
  advance(
    { fileId, runId }: { fileId: number; runId: number },
    { endOffset, resume }: { endOffset: number; resume: ResumePoint },
    read: FileAdvance,
  ): void {
    const { lines, skippedLines, jobs, duplicates, updated, rejects } = read;
    this.#advanceFile.run({ fileId, ...resume });
    this.#advanceRun.run({
      fileId,
      runId,
      endOffset,
      lines,
      skippedLines,
      jobs,
      duplicates,
      updated,
      rejects,
    });
  }

  /** Notes that a file was read to its end, such as it was then. */
  complete(fileId: number, { sizeBytes, modifiedMs }: SourceFile, resume: ResumePoint): void {
    this.#complete.run({ fileId, sizeBytes, modifiedMs: Math.floor(modifiedMs), ...resume });
  }
}
