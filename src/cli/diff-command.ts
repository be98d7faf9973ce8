import { Command } from 'commander';
import { parseCountOption } from './count-option.ts';
import { DIFF_EXIT_CODES, type DiffExitCode } from './diff-exit-code.ts';

interface DiffOptions {
  readonly limit: number;
  readonly json?: true;
}

/** @param exitWith takes the exit status of the process, which says what was found. */
export function diffCommand(exitWith: (code: DiffExitCode) => void): Command {
  return new Command('diff')
    .description('In what two ledgers differ: jobs, charges, summary.')
    .argument('<a.db>', 'a ledger')
    .argument('<b.db>', 'another')
    .option('--limit <count>', 'examples of each kind in each table', parseCountOption, 10)
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExit status: 0 where both hold the same, 1 where they differ. Where they could not be\n' +
        'compared it is not 0, and nothing is on stdout.\n' +
        '\nExample:\n  $ qledger diff data/derecho.db rebuilt.db --limit 3',
    )
    .action(async (a: string, b: string, options: DiffOptions) => {
      const { printDiff } = await import('./print-diff.ts');
      const { equal } = printDiff(a, b, options.limit, options.json === true);
      exitWith(equal ? DIFF_EXIT_CODES.equal : DIFF_EXIT_CODES.different);
    });
}
