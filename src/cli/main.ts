import { Command, CommanderError } from 'commander';
import { ChunkError } from '../../pipelines/chunk-error.ts';
import { Interruption } from '../../pipelines/interruption.ts';
import { RejectLimitError } from '../../pipelines/reject-limit.ts';
import { LedgerError } from '../ledger/ledger-error.ts';
import { ConfigError } from '../site/config-error.ts';
import { SourceError } from '../sources/source-error.ts';
import { STANDARD_INPUT } from '../sources/standard-input.ts';
import { commandsFor } from './commands.ts';
import { EXIT_CODES } from './exit-code.ts';
import { exitCodeOf } from './exit-code-of.ts';
import { operatorLog } from './operator-log.ts';
import { tellVersion } from './tell-version.ts';
import { UsageError } from './usage-error.ts';
import { qledgerVersion } from './version.ts';

/**
 * Runs one command line.
 * @returns the exit status; a failure has been told on stderr.
 */
export async function main(args: readonly string[]): Promise<number> {
  // Who reads the output may have seen enough, as `head` does.
  process.stdout.on('error', (problem: NodeJS.ErrnoException) => {
    if (problem.code === 'EPIPE') process.exit(EXIT_CODES.ok);
    throw problem;
  });
  const program = new Command('qledger')
    .description('The job-history ledger of an HPC centre.')
    .version(qledgerVersion())
    // So that a command within a command has options of its own that are called the same.
    .enablePositionalOptions()
    .showHelpAfterError('(qledger --help shows all commands)');
  let exitCode: number = EXIT_CODES.ok;
  const exitWith = (code: number): void => {
    exitCode = code;
  };
  for (const command of await commandsFor(args, exitWith)) {
    tellVersion(command);
    program.addCommand(command);
  }
  for (const command of [program, ...program.commands]) command.exitOverride();
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (problem) {
    // What is wrong with a command line has been told by the one who parsed it.
    if (!(problem instanceof CommanderError)) {
      operatorLog('text', process.stderr).error(messageOf(problem));
    }
    return exitCodeOf(problem);
  } finally {
    // A writer that has not ended its pipe would keep a command waiting that has long given up on it.
    if (args.includes(STANDARD_INPUT)) process.stdin.destroy();
  }
}

function messageOf(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem);
  // An error without a name of its own is a fault of ours, and its place in the code is what helps.
  return isExpected(problem) ? problem.message : (problem.stack ?? problem.message);
}

function isExpected(problem: Error): boolean {
  return (
    problem instanceof UsageError ||
    problem instanceof ConfigError ||
    problem instanceof SourceError ||
    problem instanceof LedgerError ||
    problem instanceof ChunkError ||
    problem instanceof Interruption ||
    problem instanceof RejectLimitError
  );
}
