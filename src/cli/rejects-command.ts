import { Command, Option } from 'commander';
import type { RejectFilter } from '../reports/reject-filter.ts';
import { REJECT_CODES } from '../sources/reject.ts';
import { parseCountOption } from './count-option.ts';
import { parseDurationOption } from './duration-option.ts';
import { chosenLedger, defaultLedgerPath } from './ledger-path.ts';
import type { RetryOptions } from './run-retry.ts';
import { parseTimeZoneOption } from './time-zone-option.ts';

interface LedgerOptions {
  readonly db?: string;
  readonly machine?: string;
  readonly json?: true;
}

const CODES = Object.keys(REJECT_CODES);

/** The lines that can't be jobs: what they are, one by one, and as a file to mend. */
export function rejectsCommand(): Command {
  // First, so that the commands in it inherit it.
  const rejects = new Command('rejects')
    .exitOverride()
    .description("Lines that can't be jobs: by code, one by one, or as a file to mend.");
  rejects
    .command('list', { isDefault: true })
    .description('How many there are of each code, with examples.')
    .addOption(new Option('--machine <name>', 'the ledger data/<name>.db').conflicts('db'))
    .option('--db <file>', 'the ledger')
    .option('--run <run>', 'of one run', parseCountOption)
    .addOption(new Option('--code <code>', 'of one code').choices(CODES))
    .option('--file <glob>', 'of files whose path or name fits')
    .option('--limit <count>', 'examples of each code', parseCountOption, 1)
    .option('--json', 'print one JSON object')
    .addHelpText('after', "\nExample:\n  $ qledger rejects list --machine derecho --file '2025*'")
    .action(async (options: LedgerOptions & RejectFilter & { readonly limit: number }) => {
      const { printRejectGroups } = await import('./print-reject-groups.ts');
      printRejectGroups(chosenLedger(options), options, options.limit, options.json === true);
    });
  rejects
    .command('show')
    .description('Single rejects with their text; control characters are made visible.')
    .argument('<id|code>', 'the number of one, from `qledger rejects list`, or a code')
    .addOption(new Option('--machine <name>', 'the ledger data/<name>.db').conflicts('db'))
    .option('--db <file>', 'the ledger')
    .option('--run <run>', 'of one run', parseCountOption)
    .option('--file <glob>', 'of files whose path or name fits')
    .option('--limit <count>', 'how many of a code', parseCountOption, 10)
    .option('--json', 'print one JSON object; the text is as it stands in the file')
    .addHelpText('after', '\nExample:\n  $ qledger rejects show field-count --machine derecho')
    .action(async (which: string, options: LedgerOptions & RejectFilter & { limit: number }) => {
      const { printRejects } = await import('./print-rejects.ts');
      printRejects(chosenLedger(options), which, options, options.limit, options.json === true);
    });
  rejects
    .command('export')
    .description('Write their texts to a new file, to be mended in an editor and ingested.')
    .addOption(new Option('--machine <name>', 'the ledger data/<name>.db').conflicts('db'))
    .option('--db <file>', 'the ledger')
    .requiredOption('--out <file>', 'the new file')
    .option('--run <run>', 'of one run', parseCountOption)
    .addOption(new Option('--code <code>', 'of one code').choices(CODES))
    .option('--file <glob>', 'of files whose path or name fits')
    .option('--json', 'print the result as one JSON object')
    .addHelpText(
      'after',
      '\nExample:\n  $ qledger rejects export --out mended.csv --code bad-number --machine derecho',
    )
    .action(async (options: LedgerOptions & RejectFilter & { readonly out: string }) => {
      const { exportRejects } = await import('./export-rejects.ts');
      exportRejects(chosenLedger(options), options, options.out, options.json === true);
    });
  rejects
    .command('retry')
    .description('Read their texts again: what is a job now goes into the ledger.')
    .requiredOption('--machine <name>', 'the machine whose history it is')
    .option('--db <file>', 'the ledger (default: data/<machine>.db)')
    .option('--config <file>', 'site configuration (default: ./qledger.toml, else the presets)')
    .addOption(new Option('--code <code>', 'of one code').choices(CODES))
    .option('--fields <names>', 'fields of CSV exports without a header, joined by commas')
    .option(
      '--timezone <zone>',
      "IANA zone of the exports' times (default: the machine's)",
      parseTimeZoneOption,
    )
    .addOption(
      new Option('--time-unit <unit>', 'unit of durations where a file named none')
        .choices(['s', 'm', 'h', 'd'])
        .default('h'),
    )
    .addOption(
      new Option('--wait <duration>', 'how long to wait for another writer, such as 10m')
        .argParser(parseDurationOption)
        .default(0, 'not at all'),
    )
    .option('--json', 'print the result as one JSON object')
    .addHelpText(
      'after',
      '\nExample:\n  $ qledger rejects retry --machine derecho --code skipped-hour --timezone UTC',
    )
    .action(async (options: RetryOptions) => {
      const { runRetry } = await import('./run-retry.ts');
      await runRetry(options, options.db ?? defaultLedgerPath(options.machine));
    });
  return rejects;
}
