/** Where a chunk stands in its file; offsets are of the content, decompressed. */
export interface ChunkPlace {
  readonly fileId: number;
  readonly byteOffset: number;
  readonly endOffset: number;
  /** The number of its first line in the file, from 1. */
  readonly firstLine: number;
  readonly resume: ResumePoint;
  /**
   * Whether the file is read on from here: its last record may have been read before without its end, and is
   * then the first of this chunk.
   */
  readonly resumes?: boolean;
}

/** From where a file that has grown is read on, and how to know that it is still the same file up to there. */
export interface ResumePoint {
  readonly offset: number;
  /** The number of the line there. */
  readonly line: number;
  /** SHA-256 of the content before it, in hexadecimal digits. */
  readonly contentHash: string;
}

/** What the lines of a chunk have become. */
export interface CommitCounts {
  readonly jobs: number;
  readonly duplicates: number;
  /** Known jobs that took newer values. */
  readonly updated: number;
  readonly rejects: number;
}
