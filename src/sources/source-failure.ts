import { SourceError } from './source-error.ts';

const WHY: ReadonlyMap<unknown, string> = new Map([
  ['ENOENT', 'the file is gone'],
  ['ESTALE', 'the file was removed or replaced on the share while it was read'],
  ['EACCES', 'no permission to read it'],
  ['EPERM', 'no permission to read it'],
  ['EISDIR', 'a folder, not a file'],
  ['EIO', 'the disk or share that it is on failed'],
]);

/**
 * What it means that reading on in a source has failed.
 * @returns a `SourceError`, or `cause` itself where the system did not refuse to read.
 */
export function sourceFailure(path: string, cause: unknown): unknown {
  const why = cause instanceof Error && 'code' in cause ? WHY.get(cause.code) : undefined;
  if (why === undefined) return cause;
  return new SourceError(`${path}: ${why}. Run the same command again once it can be read.`, {
    cause,
  });
}

/**
 * A file that grows while it is read is read up to where it ends then; one that has become shorter was
 * rewritten, and what was read of it is half of one history and half of another.
 * @throws SourceError
 */
export function checkNotShrunk(path: string, sizeBytes: number, readBytes: number): void {
  if (readBytes >= sizeBytes) return;
  throw new SourceError(
    `${path}: the file became shorter while it was read: it had ${sizeBytes} bytes and ends now ` +
      `after ${readBytes}. Run the same command again once it is complete; ` +
      'jobs that are in the ledger already change nothing.',
  );
}
