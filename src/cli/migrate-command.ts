import { Command } from 'commander';
import { waitOption } from './input-options.ts';
import { defaultLedgerPath } from './ledger-path.ts';
import { parseTimeZoneOption } from './time-zone-option.ts';

export interface MigrateOptions {
  readonly machine: string;
  readonly db?: string;
  readonly config?: string;
  readonly plan?: true;
  readonly timezone?: string;
  readonly allowDifferences?: true;
  readonly timing: boolean;
  readonly wait: number;
  readonly report?: string;
  readonly quiet?: true;
  readonly json?: true;
}

/** @param exitWith takes the exit status of the process, which says how it went. */
export function migrateCommand(exitWith: (code: number) => void): Command {
  return new Command('migrate')
    .description('Bring a job database of the time before into a new ledger; it stays as it is.')
    .argument('<old.db>', 'the old database, with or without lookup tables; it is only read')
    .requiredOption('--machine <name>', 'the machine whose jobs it holds')
    .option('--db <file>', 'the new ledger (default: data/<machine>.db)')
    .option('--config <file>', 'site configuration (default: ./qledger.toml, else the presets)')
    .option('--plan', 'tell what would be done, write nothing')
    .option(
      '--timezone <zone>',
      "IANA zone of the old database's times (default: UTC)",
      parseTimeZoneOption,
    )
    .option('--allow-differences', 'put it into service even where jobs have other hours')
    .option('--no-timing', 'do not time the standard queries on both')
    .addOption(waitOption())
    .option('--report <file>', 'write the result as JSON to a file, whatever becomes of the run')
    .option('--quiet', 'print nothing when all is well')
    .option('--json', 'print the result as one JSON object')
    .addHelpText(
      'after',
      '\nExit status: 0 done, 22 no old database that can be read, 23 refused as jobs have other hours than\n' +
        'before; others see docs/exit-codes.md.\n' +
        '\nExample:\n' +
        '  $ qledger migrate old/derecho.db --machine derecho --plan\n' +
        '\nMore:\n' +
        '  $ qledger migrate old/derecho.db --machine derecho --db data/derecho.db',
    )
    .action(async (old: string, options: MigrateOptions) => {
      const { runMigrate } = await import('./run-migrate.ts');
      exitWith(await runMigrate(old, options, options.db ?? defaultLedgerPath(options.machine)));
    });
}
