import { fact, ofTwo, type Quantity } from '../facts/aggregate.ts';
import type { ReportColumn } from '../report.ts';

/** What a search can show, order by, or hold against bounds: a value of a job `j` and its charge `c`. */
export interface SearchColumn extends ReportColumn {
  readonly sql: string;
  /** Whether every job has it, so that an order by it need not look for those without. */
  readonly known?: true;
  /** The same of the facts, where they know it. */
  readonly quantity?: Quantity;
}

const ISO = (column: string): string => `strftime('%FT%TZ', ${column}, 'unixepoch')`;

/** By the names that the command line knows them by. */
export const SEARCH_COLUMNS: readonly SearchColumn[] = [
  column('job', 'Job', 'text', 'j.job_id'),
  column('name', 'Name', 'text', 'j.name'),
  column('user', 'User', 'text', '(SELECT username FROM users WHERE id = j.user_id)'),
  column(
    'account',
    'Account',
    'text',
    '(SELECT account_name FROM accounts WHERE id = j.account_id)',
  ),
  column('queue', 'Queue', 'text', '(SELECT queue_name FROM queues WHERE id = j.queue_id)'),
  column('qos', 'QoS', 'text', '(SELECT name FROM job_qos WHERE id = j.qos_id)'),
  column('status', 'Exit', 'text', 'j.status'),
  column('submit', 'Submit', 'date', 'j.submit'),
  column('start', 'Start', 'date', 'j.start'),
  { ...column('end', 'End', 'date', 'j."end"'), known: true },
  number('elapsed', 'Run time', 'seconds', 'j.elapsed', fact('elapsed')),
  number('walltime', 'Walltime', 'seconds', 'j.walltime', fact('walltime')),
  number('wait', 'Wait', 'seconds', 'j.eligible_secs', fact('eligible_secs')),
  number('nodes', 'Nodes', 'count', 'j.numnodes', fact('numnodes')),
  number('cpus', 'CPUs', 'count', 'j.numcpus', fact('numcpus')),
  number('gpus', 'GPUs', 'count', 'j.numgpus', fact('numgpus')),
  number('reqmem', 'Memory asked', 'bytes', 'j.reqmem', fact('reqmem')),
  number('memory', 'Memory used', 'bytes', 'j.memory', fact('memory')),
  number(
    'wasted-memory',
    'Memory unused',
    'bytes',
    'j.reqmem - j.memory',
    ofTwo('reqmem', 'memory', (asked, used) => asked - used),
  ),
  number('cputime', 'CPU time', 'seconds', 'j.cputime', fact('cputime')),
  number('cpu-hours', 'CPU hours', 'hours', 'c.cpu_hours', fact('cpu_hours')),
  number('gpu-hours', 'GPU hours', 'hours', 'c.gpu_hours', fact('gpu_hours')),
  number('memory-hours', 'Memory hours', 'hours', 'c.memory_hours', fact('memory_hours')),
  number('cpu-charge', 'CPU charge', 'hours', 'c.cpu_hours * c.qos_factor', chargeOf('cpu_hours')),
  number('gpu-charge', 'GPU charge', 'hours', 'c.gpu_hours * c.qos_factor', chargeOf('gpu_hours')),
];

export const DEFAULT_COLUMNS = [
  'job',
  'user',
  'account',
  'queue',
  'status',
  'end',
  'elapsed',
  'nodes',
  'cpus',
  'gpus',
  'cpu-hours',
  'gpu-hours',
] as const;

/** How a column is shown: instants as ISO 8601. */
export function shownSql({ key, kind, sql }: SearchColumn): string {
  return kind === 'date' ? `${ISO(sql)} AS "${key}"` : `${sql} AS "${key}"`;
}

/** What a report says of a column. */
export function reportColumn({ key, label, kind }: SearchColumn): ReportColumn {
  return { key, label, kind };
}

export function searchColumn(key: string): SearchColumn | undefined {
  return SEARCH_COLUMNS.find((known) => known.key === key);
}

function column(key: string, label: string, kind: ReportColumn['kind'], sql: string): SearchColumn {
  return { key, label, kind, sql };
}

function number(
  key: string,
  label: string,
  kind: ReportColumn['kind'],
  sql: string,
  quantity: Quantity,
): SearchColumn {
  return { key, label, kind, sql, quantity };
}

function chargeOf(hours: 'cpu_hours' | 'gpu_hours'): Quantity {
  return ofTwo(hours, 'qos_factor', (used, factor) => used * factor);
}
