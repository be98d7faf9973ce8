/** Where a chunk stands in its file. */
export interface ChunkPlace {
  readonly fileId: number;
  readonly byteOffset: number;
  readonly endOffset: number;
}

/** What the lines of a chunk have become. */
export interface CommitCounts {
  readonly jobs: number;
  readonly duplicates: number;
  readonly rejects: number;
}
