import { describe, expect, it } from 'vitest';
import { planFaults } from '../../../src/upkeep/verify/plan-faults.ts';
import { reportQueries } from '../../../src/upkeep/verify/report-queries.ts';
import { askNewLedger } from '../../../src/upkeep/verify/schema-objects.ts';

describe('a plan', () => {
  it('is faulty where it reads all jobs or charges, by whatever name', () => {
    const sql = 'SELECT 1 FROM queues q, jobs AS j JOIN job_charges c ON c.job_id = j.id';
    expect(planFaults(['SCAN q', 'SCAN j', 'SCAN c USING COVERING INDEX ix'], sql)).toEqual([
      'SCAN j',
      'SCAN c USING COVERING INDEX ix',
    ]);
    expect(planFaults(['SCAN jobs'], 'SELECT name FROM jobs')).toEqual(['SCAN jobs']);
  });

  it('is faulty where it makes an index of them for itself', () => {
    const steps = ['SEARCH j USING AUTOMATIC COVERING INDEX (user_id=?)'];
    expect(planFaults(steps, 'SELECT 1 FROM users u JOIN jobs j ON j.user_id = u.id')).toEqual(
      steps,
    );
  });

  it('is well where an index finds them, and where the index holds few', () => {
    const steps = [
      'SEARCH j USING INDEX ix_jobs_queue_end (queue_id=? AND end>?)',
      'SCAN job_charges USING COVERING INDEX ix_job_charges_incomplete',
      'SCAN q',
    ];
    expect(planFaults(steps, 'SELECT 1 FROM queues q, jobs j')).toEqual([]);
  });
});

describe('the queries of reports', () => {
  it('are overheard of every report, and all of them find what they need by an index', () => {
    const queries = reportQueries();
    const reports = new Set(queries.map(({ report }) => report));
    expect([...reports]).toEqual(expect.arrayContaining(['usage --by user', 'check', 'runs of']));
    expect(queries.some(({ sql }) => sql.includes("'1.server'"))).toBe(true);
    const faults = askNewLedger((db) =>
      queries.flatMap(({ sql }) => {
        const plan = db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all();
        return planFaults(
          plan.map(({ detail }) => detail),
          sql,
        );
      }),
    );
    expect(faults).toEqual([]);
  });
});
