/** What ends a benchmark with one message and exit status 1 and needs no stack trace. */
export class BenchError extends Error {
  override readonly name = 'BenchError';
}
