import { type Aggregate, ofThree, ofTwo } from './aggregate.ts';
import { jobCount, ratio, sum } from './measures.ts';

const HOUR_SECONDS = 3600;
const GIB = 2 ** 30;

/** Used against asked for. A job that does not say one of the two counts in neither. */
export const EFFICIENCY_MEASURES: readonly Aggregate[] = [
  jobCount,
  ratio(
    ofTwo('elapsed', 'walltime', (used, asked) => (asked > 0 ? used : Number.NaN)),
    ofTwo('elapsed', 'walltime', (used, asked) => (Number.isNaN(used) ? Number.NaN : asked)),
    { key: 'walltime_used', label: 'Walltime used', kind: 'share' },
  ),
  ratio(
    ofThree('cputime', 'numcpus', 'elapsed', (used, cpus, elapsed) =>
      cpus * elapsed > 0 ? used : Number.NaN,
    ),
    ofThree('cputime', 'numcpus', 'elapsed', (used, cpus, elapsed) =>
      Number.isNaN(used) ? Number.NaN : cpus * elapsed,
    ),
    { key: 'cpu_used', label: 'CPU used', kind: 'share' },
  ),
  ratio(
    ofTwo('memory', 'reqmem', (used, asked) => (asked > 0 ? used : Number.NaN)),
    ofTwo('memory', 'reqmem', (used, asked) => (Number.isNaN(used) ? Number.NaN : asked)),
    { key: 'memory_used', label: 'Memory used', kind: 'share' },
  ),
  sum(
    ofThree(
      'cputime',
      'numcpus',
      'elapsed',
      (used, cpus, elapsed) => Math.max(cpus * elapsed - used, 0) / HOUR_SECONDS,
    ),
    { key: 'idle_cpu_hours', label: 'Idle CPU hours', kind: 'hours', unit: 'core-hours' },
  ),
  sum(
    ofThree(
      'memory',
      'reqmem',
      'elapsed',
      (used, asked, elapsed) => ((Math.max(asked - used, 0) / GIB) * elapsed) / HOUR_SECONDS,
    ),
    { key: 'unused_memory_hours', label: 'Unused memory hours', kind: 'hours', unit: 'GiB-hours' },
  ),
];
