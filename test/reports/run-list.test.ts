import { describe, expect, it } from 'vitest';
import { runById, runList } from '../../src/reports/run-list.ts';
import { exampleLedger } from '../support/example-ledger.ts';

describe('the list of runs', () => {
  it('has the last ones, newest first, with what became of them', async () => {
    using ledger = await exampleLedger();
    ledger.alter(
      `INSERT INTO runs (id, command, status, started_at, finished_at, qledger_version, charge_version, error)
       VALUES (2, 'ingest', 'failed', 100, 107, '0.2.0', 1, 'disk full'),
         (3, 'ingest', 'interrupted', 200, 203, '0.2.0', 1, NULL),
         (4, 'ingest', 'running', 300, NULL, '0.2.0', 1, NULL)`,
    );
    expect(ledger.ask((db) => runList(db, 3))).toEqual([
      {
        id: 4,
        command: 'ingest',
        status: 'running',
        startedAt: '1970-01-01T00:05:00Z',
        seconds: null,
        chargeVersion: 1,
        qledgerVersion: '0.2.0',
        error: null,
      },
      expect.objectContaining({ id: 3, status: 'interrupted', seconds: 3 }),
      expect.objectContaining({ id: 2, status: 'failed', seconds: 7, error: 'disk full' }),
    ]);
    expect(ledger.ask((db) => runById(db, 1))).toMatchObject({ id: 1, status: 'complete' });
    expect(ledger.ask((db) => runById(db, 5))).toBeUndefined();
  });
});
