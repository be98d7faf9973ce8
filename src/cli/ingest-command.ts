import { Command, Option } from 'commander';
import type { TimeUnit } from '../sources/qhist-csv/labels.ts';
import { defaultLedgerPath } from './ledger-path.ts';

export interface IngestOptions {
  readonly machine: string;
  readonly db?: string;
  readonly config?: string;
  readonly timezone?: string;
  readonly timeUnit: TimeUnit;
  readonly quiet?: true;
  readonly json?: true;
}

export function ingestCommand(): Command {
  return new Command('ingest')
    .description('Load raw history into a ledger: new jobs in, known jobs untouched.')
    .argument('<file...>', 'exports of qhist --csv')
    .requiredOption('--machine <name>', 'the machine whose history it is')
    .option('--db <file>', 'the ledger (default: data/<machine>.db)')
    .option('--config <file>', 'site configuration (default: ./qledger.toml, else the presets)')
    .option('--timezone <zone>', "IANA zone of the exports' times (default: the machine's)")
    .addOption(
      new Option('--time-unit <unit>', 'unit of durations where the header names none')
        .choices(['s', 'm', 'h', 'd'])
        .default('h'),
    )
    .option('--quiet', 'print nothing when all is well')
    .option('--json', 'print the result as one JSON object')
    .addHelpText(
      'after',
      '\nExample:\n  $ qledger ingest sample-data/derecho.csv --machine derecho --db data/derecho.db',
    )
    .action(async (files: string[], options: IngestOptions) => {
      const { runIngest } = await import('./run-ingest.ts');
      await runIngest(files, options, options.db ?? defaultLedgerPath(options.machine));
    });
}
