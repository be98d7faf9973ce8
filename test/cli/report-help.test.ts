import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { reportCommand } from '../../src/cli/report-command.ts';
import { reportHelp } from '../../src/cli/report-help.ts';
import type { ReportQuestion } from '../../src/reports/definition.ts';
import { REPORTS } from '../../src/reports/registry.ts';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { exampleLedger } from '../support/example-ledger.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { presetMachine } from '../support/preset-machine.ts';
import { runQledger } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

const BY_NAME = REPORTS.map((definition) => [definition.name, definition] as const);
const QUESTION: ReportQuestion = {
  from: '2026-01-15',
  to: '2026-01-16',
  period: 'month',
  top: null,
  site: presetMachine('derecho'),
};

function flagsIn(help: string): string[] {
  return [...help.matchAll(/^ +(--[a-z-]+)/gm)].map(([, flag]) => flag);
}

/** The words of the command line that a help shows, behind the name of the program. */
function exampleIn(help: string): string[] {
  return /^Example:\n {2}\$ qledger (.*)$/m.exec(help)?.[1].split(' ') ?? [];
}

/** The command as if it had read this command line; throws where there is no such option or value. */
function parsed([, ...words]: readonly string[]): { command: Command; words: string[] } {
  const command = reportCommand();
  const { operands, unknown } = command.parseOptions([...words]);
  return { command, words: [...operands, ...unknown] };
}

describe('help on a report', () => {
  it.each(BY_NAME)('names %s, and has an example that can be read', (name, definition) => {
    const help = reportHelp(definition, reportCommand().options);
    expect(help).toMatch(new RegExp(`^Usage: qledger report ${name} \\[options\\]\n`));
    expect(help.replaceAll(/\s+/g, ' ')).toContain(` ${definition.title}. Options: `);
    const example = exampleIn(help);
    expect(example.slice(0, 2)).toEqual(['report', name]);
    const { command, words } = parsed(example);
    expect(words).toEqual([name]);
    expect(command.opts()).toMatchObject({ machine: 'derecho' });
    // It has no option that the help does not tell of.
    const flags = example.filter((word) => word.startsWith('--'));
    expect(flagsIn(help)).toEqual(expect.arrayContaining(flags));
    for (const option of ['period', 'top'] as const) {
      const isTaken = definition.options.includes(option);
      expect([option, flagsIn(help).includes(`--${option}`)]).toEqual([option, isTaken]);
      expect([option, flags.includes(`--${option}`)]).toEqual([option, isTaken]);
    }
    expect(flagsIn(help).includes('--chart')).toBe(definition.chart !== undefined);
    expect(flagsIn(help)).not.toContain('--list');
  });

  it('has the columns that the report has of a ledger with jobs', async () => {
    using ledger = await exampleLedger();
    for (const definition of REPORTS) {
      const help = reportHelp(definition, reportCommand().options);
      const [, table] = /^Columns:\n {2}Key .*\n((?: {2}.*\n)*)/m.exec(help) ?? [];
      const { columns } = ledger.ask((db) => definition.answer(db, QUESTION));
      const told = table
        .trimEnd()
        .split('\n')
        .map((line) => line.trim().split(/ {2,}/));
      expect(told).toEqual(
        columns.map(({ key, label, kind, unit }) => [
          key,
          label,
          ...(kind === 'share' ? ['of 1'] : unit === undefined ? [] : [unit]),
        ]),
      );
    }
  });
});

describe('qledger report <name> --help', () => {
  it('tells of that report, and its example works as it stands', async () => {
    using folder = new TempFolder();
    const jobs = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    await ingestFiles(folder.file('data/derecho.db'), [jobs]);
    const help = runQledger(folder.path, 'report', 'jobs-per-user', '--help');
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toMatch(/^Usage: qledger report jobs-per-user \[options\]\n\nJobs of each/);
    expect(runQledger(folder.path, 'report', '-h', 'jobs-per-user')).toEqual(help);
    const asked = runQledger(folder.path, ...exampleIn(help.stdout));
    expect(asked).toMatchObject({ status: 0, stderr: '' });
    expect(asked.stdout).toMatch(/^derecho, jobs per user, 2025-10-01 to 2025-12-31\n/);
  });

  it('has no help on a report that there is not, and says which is meant', () => {
    using folder = new TempFolder();
    expect(runQledger(folder.path, 'report', 'usage-by-acount', '--help')).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'qledger: usage-by-acount: there is no such report; did you mean usage-by-account? ' +
        'All are listed by: qledger report --list\n',
    });
  });

  it('tells of the command where no report is named, and of the command below it', () => {
    using folder = new TempFolder();
    const help = runQledger(folder.path, 'report', '--help');
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toMatch(/^Usage: qledger report \[options\] \[command\] \[name\]\n/);
    expect(help.stdout).toMatch(/^ {2}-h, --help /m);
    const pack = runQledger(folder.path, 'report', 'pack', '--help').stdout;
    expect(pack).toMatch(/^Usage: qledger report pack \[options\]\n/);
    expect(pack).toMatch(/^ {2}-h, --help /m);
  });
});
