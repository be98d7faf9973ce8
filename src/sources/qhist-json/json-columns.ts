import type { CodedColumn, NumberColumn, TextColumn } from '../../job/job-batch.ts';
import type { FieldKind } from '../qhist-csv/labels.ts';
import { MEMORY_UNITS } from '../qhist-csv/labels.ts';
import { type RecordColumns, recordColumns } from '../record-reader.ts';

/** A key of a record, or of one of the objects in it. */
export interface JsonKey {
  readonly group: 'Resource_List' | 'resources_used' | null;
  readonly key: string;
  readonly field: FieldKind;
}

const JOB_ID: FieldKind = { kind: 'job-id' };

/** The keys that the ledger keeps; all others of a record are left out. The first is that of the record. */
export const JSON_KEYS: readonly JsonKey[] = [
  { group: null, key: '', field: JOB_ID },
  { group: null, key: 'type', field: { kind: 'record-type' } },
  { group: null, key: 'user', field: coded('user') },
  { group: null, key: 'account', field: coded('account') },
  { group: null, key: 'queue', field: coded('queue') },
  { group: null, key: 'jobname', field: text('name') },
  { group: null, key: 'Exit_status', field: coded('status') },
  { group: null, key: 'ctime', field: time('submit') },
  { group: null, key: 'qtime', field: time('queued') },
  { group: null, key: 'etime', field: time('eligible') },
  { group: null, key: 'start', field: time('start') },
  { group: null, key: 'end', field: time('end') },
  { group: null, key: 'eligible_time', field: duration('eligible_secs') },
  { group: null, key: 'run_count', field: whole('count') },
  { group: 'Resource_List', key: 'walltime', field: duration('walltime') },
  { group: 'Resource_List', key: 'ncpus', field: whole('numcpus') },
  { group: 'Resource_List', key: 'ngpus', field: whole('numgpus') },
  { group: 'Resource_List', key: 'nodect', field: whole('numnodes') },
  { group: 'Resource_List', key: 'mpiprocs', field: whole('mpiprocs') },
  { group: 'Resource_List', key: 'ompthreads', field: whole('ompthreads') },
  { group: 'Resource_List', key: 'mem', field: memory('reqmem') },
  { group: 'Resource_List', key: 'cpu_type', field: coded('cputype') },
  { group: 'Resource_List', key: 'gpu_type', field: coded('gputype') },
  { group: 'Resource_List', key: 'select', field: text('resources') },
  { group: 'Resource_List', key: 'preempt_targets', field: coded('ptargets') },
  { group: 'Resource_List', key: 'job_priority', field: coded('priority') },
  { group: 'resources_used', key: 'walltime', field: duration('elapsed') },
  { group: 'resources_used', key: 'cput', field: duration('cputime') },
  { group: 'resources_used', key: 'mem', field: memory('memory') },
  { group: 'resources_used', key: 'vmem', field: memory('vmemory') },
  { group: 'resources_used', key: 'cpupercent', field: whole('cpupercent') },
  { group: 'resources_used', key: 'avgcpu', field: { kind: 'decimal', column: 'avgcpu' } },
];

/** @param secondsPerUnit of the durations of an export. */
export function jsonColumns(secondsPerUnit: number): RecordColumns {
  return recordColumns(
    JSON_KEYS.map(({ group, key, field }) => ({
      label: group === null ? key : `${group}.${key}`,
      field,
      scale: field.kind === 'duration' ? secondsPerUnit : MEMORY_UNITS.GB,
    })),
  );
}

function coded(column: CodedColumn): FieldKind {
  return { kind: 'coded', column };
}

function text(column: TextColumn): FieldKind {
  return { kind: 'text', column };
}

function time(column: NumberColumn): FieldKind {
  return { kind: 'time', column };
}

function duration(column: NumberColumn): FieldKind {
  return { kind: 'duration', column };
}

function memory(column: NumberColumn): FieldKind {
  return { kind: 'memory', column };
}

function whole(column: NumberColumn): FieldKind {
  return { kind: 'whole', column };
}
