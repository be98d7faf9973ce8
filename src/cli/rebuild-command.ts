import { Command, InvalidArgumentError } from 'commander';
import { addInputOptions, type InputOptions, waitOption } from './input-options.ts';
import { defaultLedgerPath } from './ledger-path.ts';

export interface RebuildOptions extends InputOptions {
  readonly keep: number;
  readonly allowLoss?: true;
  readonly dryRun?: true;
  readonly report?: string;
  readonly quiet?: true;
  readonly json?: true;
}

/** @param exitWith takes the exit status of the process, which says how it went. */
export function rebuildCommand(exitWith: (code: number) => void): Command {
  const command = new Command('rebuild').description(
    'Make a ledger anew from the whole raw history, check it, and swap it in.',
  );
  return addInputOptions(command)
    .option('--keep <count>', 'backups of the ledger that remain, with the one made now', keep, 1)
    .option('--allow-loss', 'swap even where the new ledger lacks jobs that the old one has')
    .option('--dry-run', 'build, check and compare, swap nothing')
    .addOption(waitOption())
    .option('--report <file>', 'write the result as JSON to a file, whatever becomes of the run')
    .option('--quiet', 'print nothing when all is well')
    .option('--json', 'print the result as one JSON object')
    .addHelpText(
      'after',
      '\nExit status: 0 done, 21 some files could not be read, 23 refused as jobs would be lost, 35 the new\n' +
        'ledger did not pass its checks; others see docs/exit-codes.md.\n' +
        '\nExample:\n' +
        '  $ qledger rebuild sample-data/derecho.csv --machine derecho --db data/derecho.db --dry-run\n' +
        '\nMore:\n' +
        "  $ qledger rebuild /var/spool/pbs/accounting 'old-exports/*.csv.gz' --machine derecho --keep 2",
    )
    .action(async (files: string[], options: RebuildOptions) => {
      const { runRebuild } = await import('./run-rebuild.ts');
      exitWith(await runRebuild(files, options, options.db ?? defaultLedgerPath(options.machine)));
    });
}

function keep(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(count)) return count;
  throw new InvalidArgumentError('It is not a whole number such as 0 or 2.');
}
