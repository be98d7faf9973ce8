import { CommanderError } from 'commander';
import { parseGenerateOptions } from './generate-options.ts';
import { historyPieces } from './history-pieces.ts';
import { isOldDatabaseFormat } from './old-database/old-database-format.ts';
import { writeOldDatabase } from './old-database/write-old-database.ts';
import { writeHistory } from './write-history.ts';

const BAD_VALUE = 2;
const CANNOT_WRITE = 1;

try {
  const { format, out, ...options } = parseGenerateOptions(process.argv.slice(2));
  if (!isOldDatabaseFormat(format)) await writeHistory(historyPieces(format, options), out);
  else if (out !== undefined) writeOldDatabase(format, options, out);
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
