/** A source file as a whole can't be read as job history; the message says which file, why, and what to do. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}
