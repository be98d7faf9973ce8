import { Command, Option } from 'commander';
import { parseCountOption } from './count-option.ts';

export interface RulesOptions {
  readonly db?: string;
  readonly machine?: string;
  readonly config?: string;
  readonly json?: true;
}

/** What jobs cost and why: the charge rules of the configuration and of a ledger. */
export function rulesCommand(): Command {
  // First, so that the commands in it inherit it.
  const rules = new Command('rules')
    .exitOverride()
    .description('The charge rules: those in force, those of before, and what they did to a job.');
  rules
    .command('show', { isDefault: true })
    .description('The rules in force, and the versions that a ledger was charged by.')
    .addOption(machineOption())
    .option('--db <file>', 'the ledger')
    .option('--version <number>', 'the rules of a version of the ledger', parseCountOption)
    .addOption(configOption())
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ qledger rules show --machine derecho --version 1')
    .action(async (options: RulesOptions & { readonly version?: number }) => {
      const { printRules } = await import('./print-rules.ts');
      printRules(options);
    });
  rules
    .command('check')
    .description('Whether a configuration is valid, before it is put in force.')
    .argument('<file.toml>', 'the configuration')
    .addHelpText(
      'after',
      '\nExit status: 0 where it is, 2 where it is not; then stderr names each line and key.\n' +
        '\nExample:\n  $ qledger rules check qledger.toml',
    )
    .action(async (file: string) => {
      const { printRulesCheck } = await import('./print-rules-check.ts');
      printRulesCheck(file);
    });
  rules
    .command('diff')
    .description('What differs between two sets of rules, in words.')
    .argument('<before>', 'a version number, a ledger (its newest version) or a file.toml')
    .argument('<after>', 'another')
    .addOption(machineOption())
    .option('--db <file>', 'the ledger that version numbers are of')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  $ qledger rules diff 1 2 --machine derecho\n' +
        '  $ qledger rules diff data/derecho.db qledger.toml',
    )
    .action(async (before: string, after: string, options: RulesOptions) => {
      const { printRulesDiff } = await import('./print-rules-diff.ts');
      printRulesDiff(before, after, options);
    });
  rules
    .command('explain')
    .description('The charge of one job step by step, by the rules then and the rules now.')
    .argument('<job-id>', 'with or without the server: 6049117[28].desched1')
    .addOption(machineOption())
    .option('--db <file>', 'the ledger')
    .addOption(configOption())
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExample:\n  $ qledger rules explain 4100088.desched1 --machine derecho',
    )
    .action(async (jobId: string, options: RulesOptions) => {
      const { printCharge } = await import('./print-charge.ts');
      printCharge(jobId, options);
    });
  return rules;
}

function machineOption(): Option {
  return new Option('--machine <name>', 'the ledger data/<name>.db').conflicts('db');
}

function configOption(): Option {
  return new Option(
    '--config <file>',
    'site configuration (default: ./qledger.toml, else the presets)',
  );
}
