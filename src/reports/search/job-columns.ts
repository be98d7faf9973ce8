import type { ReportColumn } from '../report.ts';

/** What a search can show, order by, or hold against bounds: a value of a job `j` and its charge `c`. */
export interface SearchColumn extends ReportColumn {
  readonly sql: string;
  /** Whether every job has it, so that an order by it need not look for those without. */
  readonly known?: true;
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
  column('elapsed', 'Run time', 'seconds', 'j.elapsed'),
  column('walltime', 'Walltime', 'seconds', 'j.walltime'),
  column('wait', 'Wait', 'seconds', 'j.eligible_secs'),
  column('nodes', 'Nodes', 'count', 'j.numnodes'),
  column('cpus', 'CPUs', 'count', 'j.numcpus'),
  column('gpus', 'GPUs', 'count', 'j.numgpus'),
  column('reqmem', 'Memory asked', 'bytes', 'j.reqmem'),
  column('memory', 'Memory used', 'bytes', 'j.memory'),
  column('wasted-memory', 'Memory unused', 'bytes', 'j.reqmem - j.memory'),
  column('cputime', 'CPU time', 'seconds', 'j.cputime'),
  column('cpu-hours', 'CPU hours', 'hours', 'c.cpu_hours'),
  column('gpu-hours', 'GPU hours', 'hours', 'c.gpu_hours'),
  column('memory-hours', 'Memory hours', 'hours', 'c.memory_hours'),
  column('cpu-charge', 'CPU charge', 'hours', 'c.cpu_hours * c.qos_factor'),
  column('gpu-charge', 'GPU charge', 'hours', 'c.gpu_hours * c.qos_factor'),
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

export function searchColumn(key: string): SearchColumn | undefined {
  return SEARCH_COLUMNS.find((known) => known.key === key);
}

function column(key: string, label: string, kind: ReportColumn['kind'], sql: string): SearchColumn {
  return { key, label, kind, sql };
}
