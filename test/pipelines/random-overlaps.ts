import fc from 'fast-check';
import { type JobFields, jobsExport } from '../support/jobs-export.ts';

/** One export of several that share jobs, some of which have changed meanwhile. */
export interface OverlappingExport {
  readonly jobs: readonly JobFields[];
  /** Lines that are no jobs, behind the others. */
  readonly broken: number;
  /** Whether it is read by the same command as the one before. */
  readonly sameRun: boolean;
}

/** What stands for "not known" is in it often, as poor exports have it. */
export function overlappingExports(): fc.Arbitrary<OverlappingExport[]> {
  const job = fc
    .record({
      number: fc.integer({ min: 1, max: 6 }),
      User: fc.constantFrom('ada', 'bob'),
      Account: fc.constantFrom('', 'NUMB0001', 'NUMB0002'),
      Queue: fc.constantFrom('cpu', 'gpu', 'cpudev', 'jhublogin'),
      Priority: fc.constantFrom('', 'premium', 'economy'),
      Elapsed: fc.constantFrom('', '1.5', '0.5'),
      NCPUs: fc.constantFrom('', '16', '72'),
      Nodes: fc.constantFrom('', '1', '2'),
      'Used Mem': fc.constantFrom('', '4.0'),
      'Job Name': fc.constantFrom('', 'engine', 'größe'),
      'Exit Status': fc.constantFrom('', '0', '271'),
      // Not known: times that contradict the run time would be taken for a wrong unit of it.
      'Job Start': fc.constant(''),
      'Job End': fc.constantFrom('2026-01-15 11:30:00', '2026-01-16 11:30:00'),
    })
    .map(({ number, ...fields }) => ({ 'Job ID': `${number}.sched1`, ...fields }));
  const one = fc.record({
    jobs: fc.array(job, { maxLength: 7 }),
    broken: fc.integer({ min: 0, max: 1 }),
    sameRun: fc.boolean(),
  });
  return fc.array(one, { minLength: 1, maxLength: 4 });
}

export function exportOf({ jobs, broken }: OverlappingExport): string {
  return jobsExport(jobs) + 'no job\n'.repeat(broken);
}
