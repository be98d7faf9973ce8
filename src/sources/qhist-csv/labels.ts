import type { CodedColumn, NumberColumn, TextColumn } from '../../job/job-batch.ts';

/** What a column of an export holds and where it goes. */
export type FieldKind =
  | { readonly kind: 'job-id' }
  | { readonly kind: 'text'; readonly column: TextColumn }
  | { readonly kind: 'coded'; readonly column: CodedColumn }
  | { readonly kind: 'time'; readonly column: NumberColumn }
  | { readonly kind: 'duration'; readonly column: NumberColumn }
  | { readonly kind: 'memory'; readonly column: NumberColumn }
  | { readonly kind: 'whole'; readonly column: NumberColumn }
  | { readonly kind: 'decimal'; readonly column: NumberColumn }
  /** PBS record type; only E ends a job. */
  | { readonly kind: 'record-type' }
  /** Known, but derived from other fields or not part of the ledger. */
  | { readonly kind: 'ignored' };

/**
 * The labels of `qhist --csv` without their units. `Job ID` may stand twice: the full id, then the short one,
 * which follows from it.
 */
export const LABELS: ReadonlyMap<string, FieldKind> = new Map<string, FieldKind>([
  ['Job ID', { kind: 'job-id' }],
  ['User', { kind: 'coded', column: 'user' }],
  ['Account', { kind: 'coded', column: 'account' }],
  ['Queue', { kind: 'coded', column: 'queue' }],
  ['Job Name', { kind: 'text', column: 'name' }],
  ['Exit Status', { kind: 'coded', column: 'status' }],
  ['Job Submit', { kind: 'time', column: 'submit' }],
  ['Eligible Time', { kind: 'time', column: 'eligible' }],
  ['Job Start', { kind: 'time', column: 'start' }],
  ['Job End', { kind: 'time', column: 'end' }],
  ['Elapsed', { kind: 'duration', column: 'elapsed' }],
  ['Walltime', { kind: 'duration', column: 'walltime' }],
  ['CPU Time', { kind: 'duration', column: 'cputime' }],
  ['NCPUs', { kind: 'whole', column: 'numcpus' }],
  ['NGPUs', { kind: 'whole', column: 'numgpus' }],
  ['Nodes', { kind: 'whole', column: 'numnodes' }],
  ['MPI Tasks', { kind: 'whole', column: 'mpiprocs' }],
  ['Threads', { kind: 'whole', column: 'ompthreads' }],
  ['Req Mem', { kind: 'memory', column: 'reqmem' }],
  ['Used Mem', { kind: 'memory', column: 'memory' }],
  ['Virt Mem', { kind: 'memory', column: 'vmemory' }],
  ['CPU Type', { kind: 'coded', column: 'cputype' }],
  ['GPU Type', { kind: 'coded', column: 'gputype' }],
  ['Resources', { kind: 'text', column: 'resources' }],
  ['Preempt Targets', { kind: 'coded', column: 'ptargets' }],
  ['Priority', { kind: 'coded', column: 'priority' }],
  ['CPU Percent', { kind: 'whole', column: 'cpupercent' }],
  ['Avg CPU', { kind: 'decimal', column: 'avgcpu' }],
  ['Num Runs', { kind: 'whole', column: 'count' }],
  ['Type', { kind: 'record-type' }],
  ['Waittime', { kind: 'ignored' }],
  ['Node List', { kind: 'ignored' }],
  ['Placement', { kind: 'ignored' }],
]);

/** Without these a row is no job of the ledger: its identity, its day and who it belongs to. */
export const REQUIRED_LABELS = ['Job ID', 'Job Submit', 'Job End', 'User', 'Queue'] as const;

/** Seconds in each unit of time that a header or `--time-unit` can name. */
export const TIME_UNITS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
export type TimeUnit = keyof typeof TIME_UNITS;

/** Bytes in each unit of memory that a header can name; PBS counts in powers of 1024. */
export const MEMORY_UNITS = { B: 1, KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 } as const;
