import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CommanderError } from 'commander';
import { parseGenerateOptions } from './generate-options.ts';
import { qhistHistory } from './qhist-history.ts';

const BAD_VALUE = 2;
const CANNOT_WRITE = 1;

try {
  const options = parseGenerateOptions(process.argv.slice(2));
  const { out } = options;
  const target = out === undefined ? process.stdout : createWriteStream(out);
  await pipeline(Readable.from(qhistHistory(options)), target);
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** Commander has printed its own line by now; a reader that closes the pipe has seen enough. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : BAD_VALUE;
  if (!(error instanceof Error)) throw error;
  if ('code' in error && error.code === 'EPIPE') return 0;
  if (!('syscall' in error)) throw error;
  console.error(`Cannot write the history: ${error.message}`);
  return CANNOT_WRITE;
}
