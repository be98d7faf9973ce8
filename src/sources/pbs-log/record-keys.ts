import { CODED, type CodedColumn, NUMBER, type NumberColumn } from '../../job/job-batch.ts';

/** How a value is read and which column of the ledger it goes to. */
type KeyUse =
  | { readonly kind: 'time' | 'duration' | 'memory' | 'whole'; readonly column: NumberColumn }
  | { readonly kind: 'coded'; readonly column: CodedColumn }
  /** Read by name, since there is one of each. */
  | { readonly kind: 'name' | 'select' }
  /** Known to stand in records and not kept: see `RecordCutter` for what knowing it is good for. */
  | { readonly kind: 'other' };

/** The keys that PBS writes into the record of a job's end, in its order. */
const KEY_USES = new Map<string, KeyUse>([
  ['gridname', { kind: 'other' }],
  ['user', { kind: 'coded', column: 'user' }],
  ['group', { kind: 'other' }],
  ['account', { kind: 'coded', column: 'account' }],
  ['project', { kind: 'other' }],
  ['accounting_id', { kind: 'other' }],
  ['jobname', { kind: 'name' }],
  ['queue', { kind: 'coded', column: 'queue' }],
  ['resvname', { kind: 'other' }],
  ['resvID', { kind: 'other' }],
  ['resvjobID', { kind: 'other' }],
  ['ctime', { kind: 'time', column: 'submit' }],
  ['qtime', { kind: 'time', column: 'queued' }],
  ['etime', { kind: 'time', column: 'eligible' }],
  ['start', { kind: 'time', column: 'start' }],
  ['depend', { kind: 'other' }],
  ['array_indices', { kind: 'other' }],
  ['exec_host', { kind: 'other' }],
  ['exec_vnode', { kind: 'other' }],
  ['Resource_List.cpu_type', { kind: 'coded', column: 'cputype' }],
  ['Resource_List.gpu_type', { kind: 'coded', column: 'gputype' }],
  ['Resource_List.job_priority', { kind: 'coded', column: 'priority' }],
  ['Resource_List.mem', { kind: 'memory', column: 'reqmem' }],
  ['Resource_List.mpiprocs', { kind: 'whole', column: 'mpiprocs' }],
  ['Resource_List.ncpus', { kind: 'whole', column: 'numcpus' }],
  ['Resource_List.ngpus', { kind: 'whole', column: 'numgpus' }],
  ['Resource_List.nodect', { kind: 'whole', column: 'numnodes' }],
  ['Resource_List.ompthreads', { kind: 'whole', column: 'ompthreads' }],
  ['Resource_List.preempt_targets', { kind: 'coded', column: 'ptargets' }],
  ['Resource_List.select', { kind: 'select' }],
  ['Resource_List.walltime', { kind: 'duration', column: 'walltime' }],
  ['session', { kind: 'other' }],
  ['alt_id', { kind: 'other' }],
  ['end', { kind: 'time', column: 'end' }],
  ['Exit_status', { kind: 'coded', column: 'status' }],
  ['resources_used.cpupercent', { kind: 'whole', column: 'cpupercent' }],
  ['resources_used.cput', { kind: 'duration', column: 'cputime' }],
  ['resources_used.mem', { kind: 'memory', column: 'memory' }],
  ['resources_used.vmem', { kind: 'memory', column: 'vmemory' }],
  ['resources_used.walltime', { kind: 'duration', column: 'elapsed' }],
  ['eligible_time', { kind: 'duration', column: 'eligible_secs' }],
  ['run_count', { kind: 'whole', column: 'count' }],
]);

/** The names of the keys; a key's place in this list stands for it. */
export const RECORD_KEYS: readonly string[] = [...KEY_USES.keys()];

/** A key and the column of the batch that its value goes to. */
export interface KeptKey {
  readonly key: string;
  readonly place: number;
  readonly column: number;
}

/** The keys of numbers by how they are read. */
export const TIME_KEYS = keysOf('time');
export const DURATION_KEYS = keysOf('duration');
export const MEMORY_KEYS = keysOf('memory');
export const WHOLE_KEYS = keysOf('whole');
/** The keys of texts that repeat. */
export const CODED_KEYS = keysOf('coded');

/** Without these a record is no job of the ledger: its day, its identity with the job id, and whose it is. */
export const REQUIRED_KEYS: readonly KeptKey[] = [...TIME_KEYS, ...CODED_KEYS].filter(({ key }) =>
  ['ctime', 'end', 'user', 'queue'].includes(key),
);

export const NAME_PLACE = RECORD_KEYS.indexOf('jobname');
export const SELECT_PLACE = RECORD_KEYS.indexOf('Resource_List.select');

function keysOf(kind: KeyUse['kind']): readonly KeptKey[] {
  return [...KEY_USES].flatMap(([key, use], place) => {
    if (use.kind !== kind || !('column' in use)) return [];
    return { key, place, column: use.kind === 'coded' ? CODED[use.column] : NUMBER[use.column] };
  });
}
