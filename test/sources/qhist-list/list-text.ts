/** Fields of a record as `qhist -l` prints them, in the order of a long format. */
export type ListFields = Readonly<Record<string, string>>;

/** A job of two nodes that ran for an hour and a half, two hours after its submission. */
export const SAMPLE: ListFields = {
  User: 'ada',
  Queue: 'main',
  'Job Submit': '2026-01-15 08:00:00',
  'Eligible Time': '2026-01-15 08:00:05',
  'Job Start': '2026-01-15 10:00:00',
  'Job End': '2026-01-15 11:30:00',
  'Used Mem (GB)': '27.75',
  'Avg CPU (%)': '50.00',
  'Waittime (h)': '2.00',
  'Walltime (h)': '12.00',
  'Elapsed (h)': '1.50',
  'Job Name': 'engine',
  'Exit Status': '0',
  Account: 'NUMB0001',
  Resources: '2:ncpus=128:mpiprocs=32:ompthreads=4',
};

/** What a longer format adds. */
export const MORE_FIELDS: ListFields = {
  'Job ID': '7001',
  NCPUs: '256',
  NGPUs: '0',
  Nodes: '2',
  'MPI Tasks': '64',
  Threads: '4',
  'Req Mem (GB)': '470.00',
  'Virt Mem (GB)': '27.50',
  'CPU Type': 'N/A',
  'GPU Type': 'N/A',
  'Preempt Targets': 'QUEUE=spare',
  'CPU Percent': '12800',
  'CPU Time': '192.25',
  'Num Runs': '1',
  Type: 'E',
  Placement: 'scatter',
  Priority: 'premium',
  'Node List': 'n1,n2',
};

/** A record without the blank line behind it. An empty text as a value takes its line away. */
export function recordOf(id: string, fields: ListFields = {}): string {
  const all = Object.entries({ ...SAMPLE, ...fields }).filter(([, value]) => value !== '');
  const width = Math.max(...all.map(([label]) => label.length));
  const lines = all.map(([label, value]) => `   ${label.padEnd(width)} = ${value}`);
  return [id, ...lines].map((line) => `${line}\n`).join('');
}

export function listOf(records: readonly string[]): string {
  return records.map((record) => `${record}\n`).join('');
}
