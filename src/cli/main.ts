import { Command, CommanderError } from 'commander';
import { ChunkError } from '../../pipelines/chunk-error.ts';
import { LedgerError } from '../ledger/ledger-error.ts';
import { ConfigError } from '../site/config-error.ts';
import { SourceError } from '../sources/source-error.ts';
import { EXIT_CODES, type ExitCode } from './exit-code.ts';
import { ingestCommand } from './ingest-command.ts';
import { statusCommand } from './status-command.ts';
import { usageCommand } from './usage-command.ts';
import { UsageError } from './usage-error.ts';
import { qledgerVersion } from './version.ts';

/**
 * Runs one command line.
 * @returns the exit status; a failure has been told on stderr.
 */
export async function main(args: readonly string[]): Promise<ExitCode> {
  // Who reads the output may have seen enough, as `head` does.
  process.stdout.on('error', (problem: NodeJS.ErrnoException) => {
    if (problem.code === 'EPIPE') process.exit(EXIT_CODES.ok);
    throw problem;
  });
  const program = new Command('qledger')
    .description('The job-history ledger of an HPC centre.')
    .version(qledgerVersion())
    .showHelpAfterError('(qledger --help shows all commands)');
  for (const command of [ingestCommand(), statusCommand(), usageCommand()]) {
    program.addCommand(command);
  }
  for (const command of [program, ...program.commands]) command.exitOverride();
  try {
    await program.parseAsync(args, { from: 'user' });
    return EXIT_CODES.ok;
  } catch (problem) {
    if (problem instanceof CommanderError) {
      return problem.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
    }
    process.stderr.write(`qledger: ${messageOf(problem)}\n`);
    return isUsageProblem(problem) ? EXIT_CODES.usage : EXIT_CODES.failed;
  }
}

function messageOf(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem);
  // An error without a name of its own is a fault of ours, and its place in the code is what helps.
  return isExpected(problem) ? problem.message : (problem.stack ?? problem.message);
}

function isExpected(problem: Error): boolean {
  return (
    isUsageProblem(problem) ||
    problem instanceof SourceError ||
    problem instanceof LedgerError ||
    problem instanceof ChunkError
  );
}

function isUsageProblem(problem: unknown): boolean {
  return problem instanceof ConfigError || problem instanceof UsageError;
}
