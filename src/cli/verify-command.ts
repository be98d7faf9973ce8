import { Command, InvalidArgumentError, Option } from 'commander';
import { chosenLedger } from './ledger-path.ts';
import type { VerifyExitCode } from './verify-exit-code.ts';

interface VerifyCommandOptions {
  readonly db?: string;
  readonly machine?: string;
  readonly config?: string;
  readonly charges: number | 'all';
  readonly quick?: true;
  readonly json?: true;
}

/** @param exitWith takes the exit status of the process, which says what was found. */
export function verifyCommand(exitWith: (code: VerifyExitCode) => void): Command {
  return new Command('verify')
    .description('Whether a ledger is sound: file, indexes, charges, summary, journal.')
    .addOption(new Option('--machine <name>', 'the ledger data/<name>.db').conflicts('db'))
    .option('--db <file>', 'the ledger (default: the only one in data/)')
    .option('--config <file>', 'whether zone and charge rules are those of this configuration too')
    .option(
      '--charges <count>',
      'how many charges to compute again, spread over the ledger; or all',
      parseCharges,
      10_000,
    )
    .option('--quick', 'leave out entries of indexes, and jobs by run and file')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nIt changes nothing, and can be run while an ingest is at work.\n' +
        '\nExit status: 0 where the ledger is sound, 1 where there are problems: each is told with\n' +
        'an example and what mends it. Where it could not be looked through, as\n' +
        'docs/exit-codes.md says, such as 33 where it is no ledger.\n' +
        '\nExamples:\n' +
        '  $ qledger verify --machine derecho\n' +
        '  $ qledger verify --db rebuilt.db --charges all',
    )
    .action(async (options: VerifyCommandOptions) => {
      const { printVerify } = await import('./print-verify.ts');
      const { config, charges } = options;
      const quick = options.quick === true;
      const json = options.json === true;
      exitWith(printVerify(chosenLedger(options), { config, charges, quick, json }));
    });
}

function parseCharges(text: string): number | 'all' {
  if (text === 'all') return text;
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count)) {
    throw new InvalidArgumentError('It is neither a whole number nor all.');
  }
  return count;
}
