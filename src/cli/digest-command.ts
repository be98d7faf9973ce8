import { Command, Option } from 'commander';
import { chosenLedger } from './ledger-path.ts';

interface DigestOptions {
  readonly db?: string;
  readonly machine?: string;
  readonly json?: true;
}

export function digestCommand(): Command {
  return new Command('digest')
    .description(
      'A digest of what a ledger holds: the same for the same jobs, however they came in.',
    )
    .option('--db <file>', 'the ledger')
    .addOption(new Option('--machine <name>', 'the ledger data/<name>.db').conflicts('db'))
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ qledger digest --db data/derecho.db')
    .action(async (options: DigestOptions) => {
      const path = chosenLedger(options);
      const { printDigest } = await import('./print-digest.ts');
      printDigest(path, options.json === true);
    });
}
