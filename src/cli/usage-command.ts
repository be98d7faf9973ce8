import { Command, Option } from 'commander';
import { REPORT_FORMATS, type ReportFormat } from '../output/format.ts';
import type { UsageDimension } from '../reports/usage.ts';
import { chosenLedger } from './ledger-path.ts';
import { parseDayOption } from './option-values.ts';
import { UsageError } from './usage-error.ts';

interface UsageOptions {
  readonly by: UsageDimension;
  readonly from?: string;
  readonly to?: string;
  readonly machine?: string;
  readonly db?: string;
  readonly format: ReportFormat;
}

export function usageCommand(): Command {
  return new Command('usage')
    .description('Who used what: jobs, hours and charges by user, account or queue.')
    .addOption(
      new Option('--by <dimension>', 'what to add up by')
        .choices(['user', 'account', 'queue'])
        .default('user'),
    )
    .option('--from <YYYY-MM-DD>', "first day of the jobs' end, site-local", parseDayOption)
    .option('--to <YYYY-MM-DD>', 'last day, inclusive', parseDayOption)
    .addOption(new Option('--machine <name>', 'the ledger data/<name>.db').conflicts('db'))
    .option('--db <file>', 'the ledger')
    .addOption(
      new Option('--format <format>', 'how to print it').choices(REPORT_FORMATS).default('table'),
    )
    .addHelpText(
      'after',
      '\nExample:\n  $ qledger usage --by account --from 2025-11-01 --to 2025-11-30 --machine derecho',
    )
    .action(async (options: UsageOptions) => {
      const { from, to } = options;
      if (from !== undefined && to !== undefined && from > to) {
        throw new UsageError(`--from ${from} is later than --to ${to}`);
      }
      const path = chosenLedger(options);
      const { printUsage } = await import('./print-usage.ts');
      await printUsage(path, options, options.format);
    });
}
