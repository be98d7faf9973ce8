import { type Aggregate, fact, ofTwo } from './aggregate.ts';
import { jobCount, mean, ratio, unknown } from './measures.ts';

/** How much longer than it ran a job took with its waiting: (wait + run time) / run time, of jobs that say both. */
export const EXPANSION_MEASURES: readonly Aggregate[] = [
  jobCount,
  unknown('eligible_secs', { key: 'without_wait', label: 'No wait recorded' }),
  ratio(
    ofTwo('eligible_secs', 'elapsed', (wait, run) => (run > 0 ? wait + run : Number.NaN)),
    ofTwo('eligible_secs', 'elapsed', (wait, run) => (Number.isNaN(wait) ? Number.NaN : run)),
    { key: 'expansion_factor', label: 'Expansion factor', kind: 'number' },
  ),
  mean(fact('eligible_secs'), { key: 'mean_wait', label: 'Mean wait', kind: 'seconds', unit: 's' }),
  mean(fact('elapsed'), { key: 'mean_run', label: 'Mean run time', kind: 'seconds', unit: 's' }),
];
