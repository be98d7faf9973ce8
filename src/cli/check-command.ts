import { Command, Option } from 'commander';
import type { CheckExitCode } from './check-exit-code.ts';
import { parseDurationOption } from './duration-option.ts';
import { chosenLedger, defaultLedgers } from './ledger-path.ts';
import { parseDayOption } from './option-values.ts';
import { UsageError } from './usage-error.ts';

interface CheckOptions {
  readonly db?: string;
  readonly machine?: string;
  readonly maxAge: number;
  readonly from?: string;
  readonly to?: string;
  readonly json?: true;
  readonly format: 'text' | 'json' | 'prometheus';
}

/** @param exitWith takes the exit status of the process, which says what was found. */
export function checkCommand(exitWith: (code: CheckExitCode) => void): Command {
  return new Command('check')
    .description('Whether ledgers are fresh and whole, for monitoring.')
    .addOption(new Option('--machine <name>', 'the ledger data/<name>.db').conflicts('db'))
    .option('--db <file>', 'the ledger (default: every ledger in data/)')
    .addOption(
      new Option(
        '--max-age <duration>',
        'of the newest job and of the last ingest: older is a warning, twice as old critical',
      )
        .argParser(parseDurationOption)
        .default(26 * 3600, '26h'),
    )
    .option('--from <YYYY-MM-DD>', 'first day to look at (default: the last 60)', parseDayOption)
    .option('--to <YYYY-MM-DD>', 'last day, inclusive (default: today)', parseDayOption)
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['text', 'json', 'prometheus'])
        .default('text'),
    )
    .addOption(new Option('--json', 'the same as --format json').conflicts('format'))
    .addHelpText(
      'after',
      '\nExit status, as Nagios plugins have it: 0 ok, 1 warning, 2 critical, also where a ledger\n' +
        "can't be read. With --format prometheus it is 0 as soon as all is written: the metrics\n" +
        'say what was found.\n' +
        '\nExample:\n  $ qledger check --machine derecho --max-age 26h',
    )
    .action(async (options: CheckOptions) => {
      const { from, to } = options;
      if (from !== undefined && to !== undefined && from > to) {
        throw new UsageError(`--from ${from} is later than --to ${to}`);
      }
      const chosen = options.db !== undefined || options.machine !== undefined;
      const ledgers = chosen ? [] : defaultLedgers();
      const paths = ledgers.length > 0 ? ledgers : [chosenLedger(options)];
      const { printCheck } = await import('./print-check.ts');
      const now = Math.floor(Date.now() / 1000);
      const question = { from, to, maxAgeSeconds: options.maxAge, now };
      exitWith(printCheck(paths, question, options.json === true ? 'json' : options.format));
    });
}
