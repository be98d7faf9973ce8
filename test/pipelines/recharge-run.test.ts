import { describe, expect, it } from 'vitest';
import { journaledRun } from '../../pipelines/recharge-run.ts';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { failureOf } from '../support/failure-of.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { presetMachine } from '../support/preset-machine.ts';
import { TempFolder } from '../support/temp-folder.ts';

describe('a run on a ledger', () => {
  it('ends with what failed first, also where the ledger can not be closed as it should', async () => {
    using folder = new TempFolder();
    const ledgerPath = folder.file('ledger.db');
    await ingestFiles(ledgerPath, [folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS))]);
    const request = { ledgerPath, machine: presetMachine('derecho'), version: '0.0.0-test' };
    const run = journaledRun(
      request,
      'recharge',
      () => ({ chargeVersion: 1 }),
      ({ db }) => {
        db.close();
        throw new Error('first');
      },
    );
    expect((await failureOf(run)).message).toBe('first');
  });
});
