import type { CodedColumn, NumberColumn, TextColumn } from '../../job/job-batch.ts';

/** What a column of an old `jobs` table holds: times as UTC text, durations in seconds, memory in bytes. */
export type OldField =
  | { readonly kind: 'text'; readonly column: TextColumn }
  | { readonly kind: 'coded'; readonly column: CodedColumn }
  | { readonly kind: 'time'; readonly column: NumberColumn }
  | { readonly kind: 'duration'; readonly column: NumberColumn }
  | { readonly kind: 'memory'; readonly column: NumberColumn }
  | { readonly kind: 'whole'; readonly column: NumberColumn }
  /** Kept as a fraction, though it never has one. */
  | { readonly kind: 'rounded'; readonly column: NumberColumn }
  | { readonly kind: 'decimal'; readonly column: NumberColumn };

/**
 * The columns of all generations by their names. The short id is worked out anew, since some of them left it
 * out for the members of arrays.
 */
export const OLD_COLUMNS = {
  job_id: { kind: 'text', column: 'job_id' },
  name: { kind: 'text', column: 'name' },
  user: { kind: 'coded', column: 'user' },
  account: { kind: 'coded', column: 'account' },
  queue: { kind: 'coded', column: 'queue' },
  status: { kind: 'coded', column: 'status' },
  submit: { kind: 'time', column: 'submit' },
  queued: { kind: 'time', column: 'queued' },
  eligible: { kind: 'time', column: 'eligible' },
  start: { kind: 'time', column: 'start' },
  end: { kind: 'time', column: 'end' },
  elapsed: { kind: 'duration', column: 'elapsed' },
  walltime: { kind: 'duration', column: 'walltime' },
  cputime: { kind: 'duration', column: 'cputime' },
  eligible_secs: { kind: 'duration', column: 'eligible_secs' },
  numcpus: { kind: 'whole', column: 'numcpus' },
  numgpus: { kind: 'whole', column: 'numgpus' },
  numnodes: { kind: 'whole', column: 'numnodes' },
  mpiprocs: { kind: 'whole', column: 'mpiprocs' },
  ompthreads: { kind: 'whole', column: 'ompthreads' },
  reqmem: { kind: 'memory', column: 'reqmem' },
  memory: { kind: 'memory', column: 'memory' },
  vmemory: { kind: 'memory', column: 'vmemory' },
  cputype: { kind: 'coded', column: 'cputype' },
  gputype: { kind: 'coded', column: 'gputype' },
  resources: { kind: 'text', column: 'resources' },
  ptargets: { kind: 'coded', column: 'ptargets' },
  priority: { kind: 'coded', column: 'priority' },
  cpupercent: { kind: 'rounded', column: 'cpupercent' },
  avgcpu: { kind: 'decimal', column: 'avgcpu' },
  count: { kind: 'whole', column: 'count' },
  run_count: { kind: 'whole', column: 'count' },
} as const satisfies Readonly<Record<string, OldField>>;

export type OldColumnName = keyof typeof OLD_COLUMNS;

export const OLD_COLUMN_NAMES = Object.keys(OLD_COLUMNS).filter(isOldColumn);

/** Without these a table holds no jobs. */
export const REQUIRED_COLUMNS = ['job_id', 'submit', 'end'] as const satisfies OldColumnName[];

/** Columns that are known and have nothing that the ledger would not know from others. */
export const FOLLOWING_COLUMNS: readonly string[] = [
  'id',
  'short_id',
  'user_id',
  'account_id',
  'queue_id',
  'qos_id',
];

export function isOldColumn(name: string): name is OldColumnName {
  return Object.hasOwn(OLD_COLUMNS, name);
}
