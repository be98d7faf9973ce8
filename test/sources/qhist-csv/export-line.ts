/** The labels of an export of all fields, in the order of `qhist --csv`; the short id has the label of the id. */
export const ALL_LABELS = [
  'Job ID',
  'Job ID',
  'Account',
  'Avg CPU',
  'Num Runs',
  'CPU Percent',
  'CPU Time',
  'CPU Type',
  'Elapsed',
  'Eligible Time',
  'Job End',
  'GPU Type',
  'Used Mem',
  'MPI Tasks',
  'Job Name',
  'NCPUs',
  'NGPUs',
  'Nodes',
  'Threads',
  'Preempt Targets',
  'Queue',
  'Req Mem',
  'Resources',
  'Job Start',
  'Exit Status',
  'Job Submit',
  'User',
  'Virt Mem',
  'Walltime',
] as const;

export type Label = (typeof ALL_LABELS)[number] | 'Priority' | 'Type';

/** The labels of an export of the default fields, which counts neither CPUs nor GPUs nor nodes. */
export const DEFAULT_LABELS = [
  'Job ID',
  'User',
  'Queue',
  'Job Submit',
  'Eligible Time',
  'Job Start',
  'Job End',
  'Used Mem',
  'Avg CPU',
  'Walltime',
  'Elapsed',
  'Job Name',
  'Exit Status',
  'Account',
  'Resources',
] as const satisfies readonly Label[];

/** A job of two nodes that ran for an hour and a half, two hours after its submission. */
const SAMPLE: Readonly<Record<Label, string>> = {
  'Job ID': '7001.sched1',
  User: 'ada',
  Account: 'NUMB0001',
  Queue: 'main',
  'Job Name': 'engine',
  'Exit Status': '0',
  'Job Submit': '2026-01-15 08:00:00',
  'Eligible Time': '2026-01-15 08:00:05',
  'Job Start': '2026-01-15 10:00:00',
  'Job End': '2026-01-15 11:30:00',
  Elapsed: '1.5',
  Walltime: '12.0',
  'CPU Time': '192.25',
  NCPUs: '256',
  NGPUs: '0',
  Nodes: '2',
  'MPI Tasks': '64',
  Threads: '4',
  'Req Mem': '470.0',
  'Used Mem': '27.75',
  'Virt Mem': '27.5',
  'CPU Type': '',
  'GPU Type': '',
  Resources: '2:ncpus=128:mpiprocs=32:ompthreads=4',
  'Preempt Targets': 'QUEUE=spare',
  'CPU Percent': '12800',
  'Avg CPU': '50.0',
  'Num Runs': '1',
  Priority: 'premium',
  Type: 'E',
};

export type JobFields = Readonly<Partial<Record<Label, string>>>;

/** One job as an export prints it, without the line end. Fields that are left out are those of a sample job. */
export function exportLine(fields: JobFields = {}, labels: readonly Label[] = ALL_LABELS): string {
  const job = { ...SAMPLE, ...fields };
  return labels
    .map((label, place) =>
      label === 'Job ID' && labels.indexOf(label) < place ? job[label].split('.')[0] : job[label],
    )
    .join(',');
}

/** A whole export: its header and a line for each job, which the fields tell apart. */
export function exportText(
  jobs: readonly JobFields[],
  labels: readonly Label[] = ALL_LABELS,
): string {
  return [labels.join(','), ...jobs.map((job) => exportLine(job, labels))]
    .map((line) => `${line}\n`)
    .join('');
}
