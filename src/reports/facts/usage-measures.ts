import type { JobFact } from '../../ledger/facts/job-facts.ts';
import { type Aggregate, fact, ofTwo } from './aggregate.ts';
import { distinct, jobCount, sum } from './measures.ts';

const users = distinct('user_id', { key: 'users', label: 'Users' });

const hours: readonly Aggregate[] = [
  hoursOf('cpu_hours', 'CPU hours', 'core-hours'),
  hoursOf('gpu_hours', 'GPU hours', 'GPU-hours'),
  hoursOf('memory_hours', 'Memory hours', 'GiB-hours'),
];

const charges: readonly Aggregate[] = [
  chargesOf('cpu', 'CPU charge', 'weighted core-hours'),
  chargesOf('gpu', 'GPU charge', 'weighted GPU-hours'),
  chargesOf('memory', 'Memory charge', 'weighted GiB-hours'),
];

/** What jobs have used: how many they are and of how many users, hours before and after the QoS factor. */
export const USAGE_MEASURES: readonly Aggregate[] = [jobCount, users, ...hours, ...charges];

function hoursOf(name: JobFact, label: string, unit: string): Aggregate {
  return sum(fact(name), { key: name, label, kind: 'hours', unit });
}

function chargesOf(resource: 'cpu' | 'gpu' | 'memory', label: string, unit: string): Aggregate {
  return sum(
    ofTwo(`${resource}_hours`, 'qos_factor', (used, factor) => used * factor),
    { key: `${resource}_charges`, label, kind: 'hours', unit },
  );
}
