import { Command, Option } from 'commander';
import { chosenLedger, defaultLedgers } from './ledger-path.ts';

interface StatusOptions {
  readonly db?: string;
  readonly machine?: string;
  readonly json?: true;
}

export function statusCommand(): Command {
  return new Command('status')
    .description('What a ledger holds: days, counts, size, versions, last runs.')
    .option('--db <file>', 'the ledger (default: every ledger in data/)')
    .addOption(new Option('--machine <name>', 'the ledger data/<name>.db').conflicts('db'))
    .option('--json', 'print one JSON array')
    .addHelpText('after', '\nExample:\n  $ qledger status --db data/derecho.db')
    .action(async (options: StatusOptions) => {
      const chosen = options.db !== undefined || options.machine !== undefined;
      const ledgers = chosen ? [] : defaultLedgers();
      const paths = ledgers.length > 0 ? ledgers : [chosenLedger(options)];
      const { printStatus } = await import('./print-status.ts');
      printStatus(paths, options.json === true);
    });
}
