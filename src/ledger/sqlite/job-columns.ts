import {
  CODED,
  type CodedColumn,
  NUMBER,
  type NumberColumn,
  TEXT,
  type TextColumn,
} from '../../job/job-batch.ts';

/** Where a column of the table `jobs` has its value from. */
export type ColumnSource =
  | { readonly from: 'row-id' | 'qos-id' | 'run-id' | 'file-id' }
  /** A span of text of the batch. */
  | { readonly from: 'text'; readonly at: number }
  /** A text of one of the batch's tables. */
  | { readonly from: 'coded-text'; readonly at: number }
  /** The id that the ledger gives a text of one of the batch's tables. */
  | { readonly from: 'name-id'; readonly at: number }
  | { readonly from: 'integer'; readonly at: number }
  | { readonly from: 'real'; readonly at: number };

export type JobColumn = ColumnSource & { readonly name: string };

/** The columns of the table `jobs`, in the order of its schema. */
export const JOB_COLUMNS: readonly JobColumn[] = [
  { name: 'id', from: 'row-id' },
  text('job_id'),
  integer('short_id'),
  integer('array_index'),
  text('name'),
  nameId('user_id', 'user'),
  nameId('account_id', 'account'),
  nameId('queue_id', 'queue'),
  { name: 'qos_id', from: 'qos-id' },
  codedText('status'),
  integer('submit'),
  integer('queued'),
  integer('eligible'),
  integer('start'),
  integer('end'),
  integer('elapsed'),
  integer('walltime'),
  integer('cputime'),
  integer('eligible_secs'),
  integer('numcpus'),
  integer('numgpus'),
  integer('numnodes'),
  integer('mpiprocs'),
  integer('ompthreads'),
  integer('reqmem'),
  integer('memory'),
  integer('vmemory'),
  codedText('cputype'),
  codedText('gputype'),
  text('resources'),
  codedText('ptargets'),
  codedText('priority'),
  integer('cpupercent'),
  { name: 'avgcpu', from: 'real', at: NUMBER.avgcpu },
  integer('count'),
  { name: 'run_id', from: 'run-id' },
  { name: 'file_id', from: 'file-id' },
  integer('line'),
];

function text(name: TextColumn): JobColumn {
  return { name, from: 'text', at: TEXT[name] };
}

function codedText(name: CodedColumn): JobColumn {
  return { name, from: 'coded-text', at: CODED[name] };
}

function nameId(name: string, of: CodedColumn): JobColumn {
  return { name, from: 'name-id', at: CODED[of] };
}

function integer(name: NumberColumn): JobColumn {
  return { name, from: 'integer', at: NUMBER[name] };
}
