import type { ReportColumn, ReportValue } from '../report.ts';
import type { Aggregate } from './aggregate.ts';
import { GroupSums } from './group-sums.ts';
import { jobCount } from './measures.ts';

const HOUR_SECONDS = 3600;
const GIB = 2 ** 30;

const COLUMNS: readonly ReportColumn[] = [
  { key: 'walltime_used', label: 'Walltime used', kind: 'share' },
  { key: 'cpu_used', label: 'CPU used', kind: 'share' },
  { key: 'memory_used', label: 'Memory used', kind: 'share' },
  { key: 'idle_cpu_hours', label: 'Idle CPU hours', kind: 'hours', unit: 'core-hours' },
  { key: 'unused_memory_hours', label: 'Unused memory hours', kind: 'hours', unit: 'GiB-hours' },
];

/** Places of the sums: used and asked for in turn, and what was not used. */
const TIME = 0;
const CPU = 2;
const MEMORY = 4;
const IDLE_CPU = 6;
const UNUSED_MEMORY = 7;
const SUMS = 8;

/** Used against asked for, in one pass. A job that does not say one of the two counts in neither. */
const efficiency: Aggregate = {
  columns: COLUMNS,
  facts: ['elapsed', 'walltime', 'cputime', 'numcpus', 'memory', 'reqmem'],
  start(groups) {
    const sums = new GroupSums(groups, SUMS);
    const isIdleKnown = new Uint8Array(groups);
    const isUnusedKnown = new Uint8Array(groups);
    const pair = (group: number, place: number, used: number, asked: number): void => {
      if (asked > 0 && !Number.isNaN(used)) {
        sums.add(group, place, used);
        sums.add(group, place + 1, asked);
      }
    };
    return {
      add(jobs, groupOf) {
        const [elapsed, walltime] = [jobs.of('elapsed'), jobs.of('walltime')];
        const [cputime, cpus] = [jobs.of('cputime'), jobs.of('numcpus')];
        const [memory, asked] = [jobs.of('memory'), jobs.of('reqmem')];
        for (let i = 0; i < jobs.jobs; i++) {
          const group = groupOf[i];
          const cpuSeconds = cpus[i] * elapsed[i];
          const idle = Math.max(cpuSeconds - cputime[i], 0);
          const unused = Math.max(asked[i] - memory[i], 0) * elapsed[i];
          pair(group, TIME, elapsed[i], walltime[i]);
          pair(group, CPU, cputime[i], cpuSeconds);
          pair(group, MEMORY, memory[i], asked[i]);
          sums.add(group, IDLE_CPU, idle);
          sums.add(group, UNUSED_MEMORY, unused);
          if (!Number.isNaN(idle)) isIdleKnown[group] = 1;
          if (!Number.isNaN(unused)) isUnusedKnown[group] = 1;
        }
      },
      values: (group): ReportValue[] => [
        ratioOf(sums, group, TIME),
        ratioOf(sums, group, CPU),
        ratioOf(sums, group, MEMORY),
        isIdleKnown[group] === 0 ? null : sums.sum(group, IDLE_CPU) / HOUR_SECONDS,
        isUnusedKnown[group] === 0 ? null : sums.sum(group, UNUSED_MEMORY) / GIB / HOUR_SECONDS,
      ],
    };
  },
};

export const EFFICIENCY_MEASURES: readonly Aggregate[] = [jobCount, efficiency];

/** Null where nothing was asked for. */
function ratioOf(sums: GroupSums, group: number, place: number): number | null {
  const asked = sums.sum(group, place + 1);
  return asked === 0 ? null : sums.sum(group, place) / asked;
}
