import { Command, Option } from 'commander';
import { chosenLedger } from './ledger-path.ts';

export interface JobOptions {
  readonly db?: string;
  readonly machine?: string;
  readonly config?: string;
  readonly json?: true;
}

export function jobCommand(): Command {
  return new Command('job')
    .description(
      'One job whole: its record, its charge explained, the run, file and line it came from.',
    )
    .argument('<job>', 'its id, with or without the server')
    .addOption(new Option('--machine <name>', 'the ledger data/<name>.db').conflicts('db'))
    .option('--db <file>', 'the ledger')
    .option('--config <file>', 'site configuration (default: ./qledger.toml, else the presets)')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ qledger job 4100088 --machine derecho')
    .action(async (job: string, options: JobOptions) => {
      const { printJob } = await import('./print-job.ts');
      printJob(job, options, chosenLedger(options));
    });
}
