/** A record as `qhist -J` prints it; its groups are objects of their own. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** A job of two nodes that ran for an hour and a half, two hours after its submission. */
export const SAMPLE = {
  time: '2026-01-15 11:30:00',
  type: 'E',
  short_id: '7001',
  user: 'ada',
  group: 'engines',
  account: 'NUMB0001',
  jobname: 'engine',
  queue: 'main',
  ctime: '2026-01-15 08:00:00',
  qtime: '2026-01-15 08:00:01',
  etime: '2026-01-15 08:00:05',
  start: '2026-01-15 10:00:00',
  exec_vnode: '(n1:ncpus=128)+(n2:ncpus=128)',
  Resource_List: {
    job_priority: 'premium',
    mem: 470.0,
    mpiprocs: '64',
    ncpus: 256,
    ngpus: 0,
    nodect: 2,
    ompthreads: '4',
    preempt_targets: 'QUEUE=spare',
    select: '2:ncpus=128:mpiprocs=32:ompthreads=4',
    walltime: 12.0,
  },
  session: '99',
  end: '2026-01-15 11:30:00',
  Exit_status: '0',
  resources_used: {
    cpupercent: 12_800,
    cput: 192.25,
    mem: 27.75,
    ncpus: 256,
    vmem: 27.5,
    walltime: 1.5,
    avgcpu: 50.0,
  },
  eligible_time: 1.9983333333333333,
  run_count: 1,
  waittime: 1.9986111111111111,
} as const;

/** The sample with other values; those of a group are merged into it, and undefined takes a value away. */
export function sampleWith(fields: JsonRecord): JsonRecord {
  const record: Record<string, unknown> = { ...SAMPLE };
  for (const [key, value] of Object.entries(fields)) {
    const group = key === 'Resource_List' || key === 'resources_used' ? SAMPLE[key] : null;
    record[key] =
      group !== null && typeof value === 'object' && value !== null
        ? { ...group, ...value }
        : value;
  }
  return record;
}

/** `"<job id>": {...}` as it stands in an export, indented or on one line. */
export function member(id: string, fields: JsonRecord = {}, indent = 4): string {
  const object = JSON.stringify({ [id]: sampleWith(fields) }, null, indent);
  return indent === 0 ? object.slice(1, -1) : object.slice(2, -2).replaceAll(/^/gm, '    ');
}

/** A whole export of these members. */
export function exportOf(members: readonly string[], separator = ',\n'): string {
  return `{\n    "timestamp":1795236014,\n    "Jobs":{\n${members.join(separator)}\n    }\n}\n`;
}

/** A whole export on one line. */
export function compactExportOf(members: readonly string[]): string {
  return `{"timestamp":1795236014,"Jobs":{${members.join(',')}}}`;
}
