import { describe, expect, it } from 'vitest';
import { askShared, questionOf } from '../../src/cli/ask-report.ts';
import { NO_FACTS } from '../../src/site/machine-facts.ts';
import { exampleLedger } from '../support/example-ledger.ts';
import { alterDatabase } from '../support/query-ledger.ts';

describe('a question to a ledger', () => {
  it('is answered from one moment, whatever is written meanwhile', async () => {
    using ledger = await exampleLedger();
    // As every ledger is that was written to again.
    alterDatabase(ledger.path, 'PRAGMA journal_mode = WAL');
    const question = questionOf([ledger.path], { period: 'month' });
    const counts = askShared(ledger.path, question, (db) => {
      const jobs = db.prepare<[], number>('SELECT count(*) FROM daily_summary').pluck();
      const before = jobs.get();
      alterDatabase(ledger.path, 'DELETE FROM daily_summary');
      return [before, jobs.get()];
    });
    expect(counts).toEqual([5, 5]);
    expect(askShared(ledger.path, question, (_, { site }) => site.resources.cpu.queues)).toEqual([
      'cpu',
      'cpudev',
    ]);
  });

  it('has no facts of a machine that the configuration does not have', async () => {
    using ledger = await exampleLedger();
    const question = questionOf([ledger.path], { period: 'month' });
    ledger.alter("UPDATE ledger SET machine = 'aurora'");
    expect(askShared(ledger.path, question, (_, { site }) => site)).toEqual(NO_FACTS);
  });
});
