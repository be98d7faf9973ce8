import { Command, Option } from 'commander';
import type { TimeUnit } from '../sources/qhist-csv/labels.ts';
import type { FormatName } from '../sources/source-format.ts';
import { parseDurationOption } from './duration-option.ts';
import { defaultLedgerPath } from './ledger-path.ts';
import { parseDayOption } from './option-values.ts';

export interface IngestOptions {
  readonly machine: string;
  readonly db?: string;
  readonly config?: string;
  readonly format?: FormatName;
  readonly fields?: string;
  readonly timezone?: string;
  readonly timeUnit: TimeUnit;
  readonly from?: string;
  readonly to?: string;
  readonly last?: number;
  readonly today?: true;
  readonly upsert?: true;
  readonly force?: true;
  readonly dryRun?: true;
  readonly maxRejects?: string;
  readonly wait: number;
  readonly report?: string;
  readonly log: 'text' | 'json';
  readonly quiet?: true;
  readonly json?: true;
}

/** @param exitWith takes the exit status of the process, which says how it went. */
export function ingestCommand(exitWith: (code: number) => void): Command {
  return new Command('ingest')
    .description('Load raw history into a ledger: new jobs in, known jobs untouched.')
    .argument('<file...>', 'files, folders or patterns of raw history; - for standard input')
    .requiredOption('--machine <name>', 'the machine whose history it is')
    .option('--db <file>', 'the ledger (default: data/<machine>.db)')
    .option('--config <file>', 'site configuration (default: ./qledger.toml, else the presets)')
    .addOption(
      new Option(
        '--format <format>',
        'what the files are (default: told from their content)',
      ).choices(['qhist-csv', 'qhist-json', 'qhist-list', 'pbs-log']),
    )
    .option('--fields <names>', 'fields of a CSV export without a header, joined by commas')
    .option('--timezone <zone>', "IANA zone of the exports' times (default: the machine's)")
    .addOption(
      new Option('--time-unit <unit>', 'unit of durations where the file names none')
        .choices(['s', 'm', 'h', 'd'])
        .default('h'),
    )
    .option(
      '--from <YYYY-MM-DD>',
      'first day of the files, by the day in their names',
      parseDayOption,
    )
    .option('--to <YYYY-MM-DD>', 'last day, inclusive', parseDayOption)
    .addOption(
      new Option('--last <days>', 'so many days up to today, such as 3d')
        .argParser(parseDurationOption)
        .conflicts(['from', 'to']),
    )
    .addOption(new Option('--today', 'the file of today').conflicts(['from', 'to', 'last']))
    .option('--upsert', 'known jobs take the values of newer records and are charged again')
    .option('--force', 'read files again that have not changed')
    .option('--dry-run', 'read all, tell what would be done, write nothing')
    .option('--max-rejects <limit>', 'lines of a file that may be rejected, such as 100 or 0.5%')
    .addOption(
      new Option('--wait <duration>', 'how long to wait for another writer, such as 10m')
        .argParser(parseDurationOption)
        .default(0, 'not at all'),
    )
    .option('--report <file>', 'write the result as JSON to a file, whatever becomes of the run')
    .addOption(
      new Option('--log <form>', 'form of progress and warnings on stderr')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--quiet', 'print nothing when all is well')
    .option('--json', 'print the result as one JSON object')
    .addHelpText(
      'after',
      '\nExit status: 0 done, 10 nothing was new, 11 rejects within --max-rejects, 20 and above see\n' +
        'docs/exit-codes.md.\n' +
        '\nExample:\n' +
        '  $ qledger ingest sample-data/derecho.csv --machine derecho --db data/derecho.db\n' +
        '\nMore:\n' +
        '  $ qledger ingest /var/spool/pbs/accounting --last 3d --machine derecho --wait 10m --quiet\n' +
        '  $ zcat jobs.csv.gz | qledger ingest - --machine casper --dry-run',
    )
    .action(async (files: string[], options: IngestOptions) => {
      const { runIngest } = await import('./run-ingest.ts');
      exitWith(await runIngest(files, options, options.db ?? defaultLedgerPath(options.machine)));
    });
}
