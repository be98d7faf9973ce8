import type { ReportColumn } from '../report.ts';
import type { Aggregate } from './aggregate.ts';
import { GroupSums } from './group-sums.ts';
import { distinct, jobCount } from './measures.ts';

const users = distinct('user_id', { key: 'users', label: 'Users' });

const CHARGED: readonly ReportColumn[] = [
  { key: 'cpu_hours', label: 'CPU hours', kind: 'hours', unit: 'core-hours' },
  { key: 'gpu_hours', label: 'GPU hours', kind: 'hours', unit: 'GPU-hours' },
  { key: 'memory_hours', label: 'Memory hours', kind: 'hours', unit: 'GiB-hours' },
  { key: 'cpu_charges', label: 'CPU charge', kind: 'hours', unit: 'weighted core-hours' },
  { key: 'gpu_charges', label: 'GPU charge', kind: 'hours', unit: 'weighted GPU-hours' },
  { key: 'memory_charges', label: 'Memory charge', kind: 'hours', unit: 'weighted GiB-hours' },
];

/** All in one pass, which takes half the time of one for each. */
const hoursAndCharges: Aggregate = {
  columns: CHARGED,
  facts: ['cpu_hours', 'gpu_hours', 'memory_hours', 'qos_factor'],
  start(groups) {
    const sums = new GroupSums(groups, CHARGED.length);
    return {
      add(jobs, groupOf) {
        const [cpu, gpu] = [jobs.of('cpu_hours'), jobs.of('gpu_hours')];
        const [memory, factors] = [jobs.of('memory_hours'), jobs.of('qos_factor')];
        for (let i = 0; i < jobs.jobs; i++) {
          const group = groupOf[i];
          const factor = factors[i];
          sums.add(group, 0, cpu[i]);
          sums.add(group, 1, gpu[i]);
          sums.add(group, 2, memory[i]);
          sums.add(group, 3, cpu[i] * factor);
          sums.add(group, 4, gpu[i] * factor);
          sums.add(group, 5, memory[i] * factor);
        }
      },
      values: (group) => CHARGED.map((_, place) => sums.sum(group, place)),
    };
  },
};

/** What jobs have used: how many they are and of how many users, hours before and after the QoS factor. */
export const USAGE_MEASURES: readonly Aggregate[] = [jobCount, users, hoursAndCharges];
