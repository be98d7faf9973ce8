import { Command, Option } from 'commander';
import { parseCountOption } from './count-option.ts';
import { chosenLedger } from './ledger-path.ts';

interface LedgerOptions {
  readonly db?: string;
  readonly machine?: string;
  readonly json?: true;
}

/** The journal: what was done to a ledger, and where its jobs came from. */
export function runsCommand(): Command {
  // First, so that the commands in it inherit it.
  const runs = new Command('runs')
    .exitOverride()
    .description('The journal: what runs did, and which run a job came from.');
  runs
    .command('list', { isDefault: true })
    .description('The last runs, newest first.')
    .addOption(new Option('--machine <name>', 'the ledger data/<name>.db').conflicts('db'))
    .option('--db <file>', 'the ledger')
    .option('--limit <count>', 'how many', parseCountOption, 20)
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ qledger runs list --machine derecho --limit 5')
    .action(async (options: LedgerOptions & { readonly limit: number }) => {
      const { printRuns } = await import('./print-runs.ts');
      printRuns(chosenLedger(options), options.limit, options.json === true);
    });
  runs
    .command('show')
    .description('One run: its files with their counts, rejects, steps and error.')
    .argument('<run>', 'its number, from `qledger runs list`', parseCountOption)
    .addOption(new Option('--machine <name>', 'the ledger data/<name>.db').conflicts('db'))
    .option('--db <file>', 'the ledger')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ qledger runs show 12 --machine derecho')
    .action(async (run: number, options: LedgerOptions) => {
      const { printRun } = await import('./print-run.ts');
      printRun(chosenLedger(options), run, options.json === true);
    });
  runs
    .command('of')
    .description('The run, file and line that a job came from.')
    .argument('<job-id>', 'with or without the server: 6049117[28].desched1')
    .addOption(new Option('--machine <name>', 'the ledger data/<name>.db').conflicts('db'))
    .option('--db <file>', 'the ledger')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ qledger runs of 4100088.desched1 --machine derecho')
    .action(async (jobId: string, options: LedgerOptions) => {
      const { printOrigins } = await import('./print-origins.ts');
      printOrigins(chosenLedger(options), jobId, options.json === true);
    });
  return runs;
}
