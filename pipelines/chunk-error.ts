/** A chunk of a source could not be read or committed; the message says which, and that the rest is safe. */
export class ChunkError extends Error {
  override readonly name = 'ChunkError';
}
