/** A job of two nodes that ran for an hour and a half, two hours after its submission; keys in the order of PBS. */
const SAMPLE = {
  user: 'ada',
  group: 'staff',
  account: '"NUMB0001"',
  project: '_pbs_project_default',
  jobname: 'engine',
  queue: 'main',
  ctime: '1768489200',
  qtime: '1768489202',
  etime: '1768489205',
  start: '1768496400',
  exec_host: 'n1/0*128+n2/0*128',
  exec_vnode: '(n1:ncpus=128:mem=246415360kb)+(n2:ncpus=128:mem=246415360kb)',
  'Resource_List.job_priority': 'premium',
  'Resource_List.mem': '470gb',
  'Resource_List.mpiprocs': '64',
  'Resource_List.ncpus': '256',
  'Resource_List.ngpus': '0',
  'Resource_List.nodect': '2',
  'Resource_List.ompthreads': '4',
  'Resource_List.place': 'scatter:exclhost',
  'Resource_List.preempt_targets': 'QUEUE=spare',
  'Resource_List.select': '2:ncpus=128:mpiprocs=32:ompthreads=4',
  'Resource_List.walltime': '12:00:00',
  session: '4711',
  end: '1768501800',
  Exit_status: '0',
  'resources_used.cpupercent': '12800',
  'resources_used.cput': '192:15:00',
  'resources_used.mem': '29097984kb',
  'resources_used.ncpus': '256',
  'resources_used.vmem': '27.5gb',
  'resources_used.walltime': '01:30:00',
  'resources_used.x-site-cpu-energy': '2205314',
  eligible_time: '01:59:55',
  run_count: '1',
};

export type Key = keyof typeof SAMPLE;
export const KEYS = Object.keys(SAMPLE) as readonly Key[];

/** Values instead of those of the sample job; null leaves a key out. */
export type Values = Readonly<Partial<Record<Key, string | null>>>;

/** The pairs of a record as texts. */
export function recordPairs(values: Values = {}): string[] {
  return Object.entries<string | null>({ ...SAMPLE, ...values })
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}=${value}`);
}

/** The record of a job's end, without the line end. */
export function endRecord(values: Values = {}, id = '7001.sched1'): string {
  return record('E', recordPairs(values).join(' '), id);
}

/** A record of any type with any text after its job id. */
export function record(type: string, text: string, id = '7001.sched1'): string {
  return `01/15/2026 11:30:00;${type};${id};${text}`;
}
