import type { ReportColumn } from '../report.ts';
import { type Aggregate, fact } from './aggregate.ts';
import { GroupSums } from './group-sums.ts';
import { jobCount, mean, unknown } from './measures.ts';

const COLUMN: ReportColumn = {
  key: 'expansion_factor',
  label: 'Expansion factor',
  kind: 'number',
};

/** How much longer than it ran a job took with its waiting: (wait + run time) / run time, of jobs that say both. */
const expansion: Aggregate = {
  columns: [COLUMN],
  facts: ['eligible_secs', 'elapsed'],
  start(groups) {
    const sums = new GroupSums(groups, 2);
    return {
      add(jobs, groupOf) {
        const [waits, runs] = [jobs.of('eligible_secs'), jobs.of('elapsed')];
        for (let i = 0; i < jobs.jobs; i++) {
          // A comparison with NaN is false.
          if (!(waits[i] >= 0 && runs[i] > 0)) continue;
          sums.add(groupOf[i], 0, waits[i] + runs[i]);
          sums.add(groupOf[i], 1, runs[i]);
        }
      },
      values(group) {
        const run = sums.sum(group, 1);
        return [run === 0 ? null : sums.sum(group, 0) / run];
      },
    };
  },
};

export const EXPANSION_MEASURES: readonly Aggregate[] = [
  jobCount,
  unknown('eligible_secs', { key: 'without_wait', label: 'No wait recorded' }),
  expansion,
  mean(fact('eligible_secs'), { key: 'mean_wait', label: 'Mean wait', kind: 'seconds', unit: 's' }),
  mean(fact('elapsed'), { key: 'mean_run', label: 'Mean run time', kind: 'seconds', unit: 's' }),
];
