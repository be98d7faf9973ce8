import { describe, expect, it } from 'vitest';
import { datPieces } from '../../src/output/dat.ts';
import type { ReportQuestion } from '../../src/reports/definition.ts';
import { PLOT_FILES, plotFileName } from '../../src/reports/plot-files/plot-files.ts';
import { REPORTS } from '../../src/reports/registry.ts';
import { NO_FACTS } from '../../src/site/machine-facts.ts';
import { type ExampleLedger, exampleLedger } from '../support/example-ledger.ts';
import { presetMachine } from '../support/preset-machine.ts';

const BOTH_DAYS: ReportQuestion = {
  from: '2026-01-15',
  to: '2026-01-16',
  period: 'day',
  top: null,
  site: presetMachine('derecho'),
};

/** Lines of a file, each cut at white space, as scripts read it. */
function linesOf(
  ledger: ExampleLedger,
  name: string,
  question: ReportQuestion = BOTH_DAYS,
): string[][] {
  const file = PLOT_FILES.find((known) => known.name === name);
  if (file === undefined) throw new Error(`no file ${name}`);
  const table = ledger.ask((db) => file.answer(db, question));
  return [...datPieces(table)].map((line) => line.trimEnd().split(/\s+/));
}

describe('files for plotting', () => {
  it('go with reports that there are, and have names of their own', () => {
    const reports = REPORTS.map(({ name }) => name);
    for (const { report } of PLOT_FILES) expect(reports).toContain(report);
    expect(new Set(PLOT_FILES.map(({ name }) => name)).size).toBe(PLOT_FILES.length);
  });

  it('have the names that scripts look for', () => {
    const name = plotFileName('derecho', 'pie_user_cpu', '2026-01-01', '2026-01-31');
    expect(name).toBe('De_pie_user_cpu_2026-01-01_2026-01-31.dat');
    expect(plotFileName('../x', 'a', '1', '2')).toBe('___a_1_2.dat');
  });

  it('have a word in each column of each line, of any window', async () => {
    using ledger = await exampleLedger();
    for (const { name } of PLOT_FILES) {
      const windows = [BOTH_DAYS, { ...BOTH_DAYS, from: '2030-01-01', to: '2030-01-01' }];
      for (const lines of windows.map((window) => linesOf(ledger, name, window))) {
        expect(lines.map(({ length }) => length)).toEqual(lines.map(() => lines[0].length));
      }
    }
  });

  it('are pies of the users and accounts of jobs on CPUs, or on GPUs', async () => {
    using ledger = await exampleLedger();
    expect(linesOf(ledger, 'pie_user_cpu')).toEqual([
      ['User-ids', 'Usage', 'Counts'],
      ['ada', '388.0', '2'],
    ]);
    expect(linesOf(ledger, 'pie_user_gpu')).toEqual([
      ['User-ids', 'Usage', 'Counts'],
      ['bob', '2.0', '1'],
      ['ada', '0.5', '1'],
    ]);
    expect(linesOf(ledger, 'pie_proj_cpu')).toEqual([
      ['Accounts', 'Usage', 'Counts'],
      ['NUMB0001', '384.0', '1'],
      ['none', '4.0', '1'],
    ]);
    expect(linesOf(ledger, 'pie_group_cpu')).toEqual(linesOf(ledger, 'pie_proj_cpu'));
  });

  it('have the jobs that the configuration leaves to neither in the files of all jobs only', async () => {
    using ledger = await exampleLedger();
    const jobs = (name: string, question = BOTH_DAYS): number => {
      const [, ...lines] = linesOf(ledger, name, question);
      return lines.reduce((sum, [, count]) => sum + Number(count), 0);
    };
    expect([jobs('cpu_job_sizes'), jobs('gpu_job_sizes'), jobs('bycore_job_sizes')]).toEqual([
      2, 2, 5,
    ]);
    const { resources } = NO_FACTS;
    const site = { ...NO_FACTS, resources: { ...resources, gpu: { queues: ['*'], capacity: [] } } };
    const allGpu = { ...BOTH_DAYS, site };
    expect([jobs('cpu_job_sizes', allGpu), jobs('gpu_job_sizes', allGpu)]).toEqual([0, 5]);
  });

  it('go by the GPUs of each job where the configuration tells of no queue', async () => {
    using ledger = await exampleLedger();
    const question = { ...BOTH_DAYS, site: NO_FACTS };
    expect(linesOf(ledger, 'pie_user_cpu', question).slice(1)).toEqual([
      ['ada', '388.0', '2'],
      ['carl', '128.0', '1'],
    ]);
    expect(linesOf(ledger, 'pie_user_gpu', question).slice(1)).toEqual([
      ['bob', '2.0', '1'],
      ['ada', '0.5', '1'],
    ]);
  });

  it('are histories with users, projects, jobs and hours of each period', async () => {
    using ledger = await exampleLedger();
    expect(linesOf(ledger, 'usage_history').map((line) => line.join(' '))).toEqual([
      'Date #-Users #-Proj #-CPU-Users #-CPU-Proj #-CPU-Jobs #-CPU-Hrs ' +
        '#-GPU-Users #-GPU-Proj #-GPU-Jobs #-GPU-Hrs',
      '2026-01-15 2 2 1 1 1 384.0 2 2 2 2.5',
      '2026-01-16 2 2 1 1 1 4.0 0 0 0 0.0',
    ]);
    expect(linesOf(ledger, 'cpu_job_durations').map((line) => line.join(' '))).toEqual([
      'Date <30s 30s-30m 30-60m 1-5h 5-12h 12-18h >18h',
      '2026-01-15 0.0 0.0 0.0 384.0 0.0 0.0 0.0',
      '2026-01-16 0.0 0.0 0.0 4.0 0.0 0.0 0.0',
    ]);
    expect(linesOf(ledger, 'gpu_job_durations').at(1)?.join(' ')).toBe(
      '2026-01-15 0.0 0.5 2.0 0.0 0.0 0.0 0.0',
    );
  });

  it('are histograms of sizes, in the order of sizes, of those that have jobs', async () => {
    using ledger = await exampleLedger();
    ledger.alter("UPDATE jobs SET numnodes = NULL WHERE job_id LIKE '104%'");
    expect(linesOf(ledger, 'cpu_job_sizes')).toEqual([
      ['Nodes', '#-Jobs', '#-Users', 'Cr-hrs'],
      ['2', '1', '1', '384.0'],
      ['unknown', '1', '1', '4.0'],
    ]);
    expect(linesOf(ledger, 'gpu_job_sizes').slice(1)).toEqual([
      ['2', '1', '1', '0.5'],
      ['3-4', '1', '1', '2.0'],
    ]);
    expect(linesOf(ledger, 'bycore_job_sizes').slice(1)).toEqual([
      ['1', '1', '1', '128.0'],
      ['2', '1', '1', '4.0'],
      ['9-16', '1', '1', '4.5'],
      ['49-64', '1', '1', '66.0'],
      ['65-96', '1', '1', '384.0'],
    ]);
  });

  it('are histograms of mean waits in hours, of the jobs that say theirs', async () => {
    using ledger = await exampleLedger();
    ledger.alter("UPDATE jobs SET eligible_secs = 1800 WHERE job_id LIKE '101%'");
    ledger.alter("UPDATE jobs SET eligible_secs = NULL WHERE job_id NOT LIKE '101%'");
    expect(linesOf(ledger, 'cpu_job_waits')).toEqual([
      ['Nodes', 'AveWait-hrs', '#-Jobs'],
      ['2', '0.5000', '1'],
    ]);
  });
});
