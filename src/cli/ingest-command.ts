import { Command, Option } from 'commander';
import { addInputOptions, type InputOptions, waitOption } from './input-options.ts';
import { defaultLedgerPath } from './ledger-path.ts';

export interface IngestOptions extends InputOptions {
  readonly today?: true;
  readonly upsert?: true;
  readonly force?: true;
  readonly dryRun?: true;
  readonly maxRejects?: string;
  readonly report?: string;
  readonly log: 'text' | 'json';
  readonly quiet?: true;
  readonly json?: true;
}

/** @param exitWith takes the exit status of the process, which says how it went. */
export function ingestCommand(exitWith: (code: number) => void): Command {
  const command = new Command('ingest').description(
    'Load raw history into a ledger: new jobs in, known jobs untouched.',
  );
  return addInputOptions(command)
    .addOption(new Option('--today', 'the file of today').conflicts(['from', 'to', 'last']))
    .option('--upsert', 'known jobs take the values of newer records and are charged again')
    .option('--force', 'read files again that have not changed')
    .option('--dry-run', 'read all, tell what would be done, write nothing')
    .option('--max-rejects <limit>', 'lines of a file that may be rejected, such as 100 or 0.5%')
    .addOption(waitOption())
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
