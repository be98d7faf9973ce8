import { Command, Option } from 'commander';
import { parseCountOption } from './count-option.ts';
import { waitOption } from './input-options.ts';
import { chosenLedger } from './ledger-path.ts';
import { parseDayOption } from './option-values.ts';
import { UsageError } from './usage-error.ts';

export interface RechargeOptions {
  readonly machine?: string;
  readonly db?: string;
  readonly config?: string;
  readonly from?: string;
  readonly to?: string;
  readonly queue?: string;
  readonly account?: string;
  readonly preview?: true;
  readonly summaryOnly?: true;
  readonly reason?: string;
  readonly limit: number;
  readonly wait: number;
  readonly quiet?: true;
  readonly json?: true;
}

/** @param exitWith takes the exit status of the process, which says how it went. */
export function rechargeCommand(exitWith: (code: number) => void = () => {}): Command {
  return new Command('recharge')
    .description('Charge the jobs of a ledger again, by the rules that the configuration has now.')
    .option('--machine <name>', 'the machine (default: the one of the ledger)')
    .option('--db <file>', 'the ledger (default: data/<machine>.db)')
    .option('--config <file>', 'site configuration (default: ./qledger.toml, else the presets)')
    .option('--from <YYYY-MM-DD>', "first day of the jobs' end, site-local", parseDayOption)
    .option('--to <YYYY-MM-DD>', 'last day, inclusive', parseDayOption)
    .option('--queue <glob>', 'only jobs of queues whose name fits')
    .option('--account <glob>', 'only jobs of accounts whose name fits')
    .option('--preview', 'tell what would change, to the last digit, and write nothing')
    .addOption(
      new Option(
        '--summary-only',
        'leave the charges, make the daily summary of the days anew',
      ).conflicts(['preview', 'queue', 'account', 'reason']),
    )
    .option('--reason <text>', 'why, kept with rules that are new to the ledger')
    .option('--limit <count>', 'how many of those whose charge changes most', parseCountOption, 5)
    .addOption(waitOption())
    .option('--quiet', 'print nothing when all is well')
    .option('--json', 'print the result as one JSON object')
    .addHelpText(
      'after',
      '\nExample:\n' +
        '  $ qledger recharge --machine derecho --from 2026-01-01 --preview\n' +
        '\nMore:\n' +
        "  $ qledger recharge --machine derecho --queue '*gpu*' --reason 'GPU rates of 2026'\n" +
        '\nExit status: 0 done, 130 or 143 stopped by a signal; others see docs/exit-codes.md.',
    )
    .action(async (options: RechargeOptions) => {
      const { from, to } = options;
      if (from !== undefined && to !== undefined && from > to) {
        throw new UsageError(`--from ${from} is later than --to ${to}`);
      }
      const { runRecharge } = await import('./run-recharge.ts');
      exitWith(await runRecharge(options, chosenLedger(options)));
    });
}
