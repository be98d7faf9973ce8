/** What `qhist --format` is told for an all-fields export, in the order of its columns. */
const ALL_FIELDS = [
  ...['id', 'short_id', 'account', 'avgcpu', 'count', 'cpupercent', 'cputime', 'cputype'],
  ...['elapsed', 'eligible', 'end', 'gputype', 'memory', 'mpiprocs', 'name', 'numcpus'],
  ...['numgpus', 'numnodes', 'ompthreads', 'ptargets', 'queue', 'reqmem', 'resources', 'start'],
  ...['status', 'submit', 'user', 'vmemory', 'walltime'],
];

/** What qhist prints where it is told no fields, with the labels of its header. */
const DEFAULT_FIELDS: ReadonlyMap<string, string> = new Map([
  ['id', 'Job ID'],
  ['user', 'User'],
  ['queue', 'Queue'],
  ['submit', 'Job Submit'],
  ['eligible', 'Eligible Time'],
  ['start', 'Job Start'],
  ['end', 'Job End'],
  ['memory', 'Used Mem'],
  ['avgcpu', 'Avg CPU'],
  ['walltime', 'Walltime'],
  ['elapsed', 'Elapsed'],
  ['name', 'Job Name'],
  ['status', 'Exit Status'],
  ['account', 'Account'],
  ['resources', 'Resources'],
]);

const DURATIONS = ['cputime', 'elapsed', 'walltime'];
const NAME = ALL_FIELDS.indexOf('name');
const NUMCPUS = ALL_FIELDS.indexOf('numcpus');
const ELAPSED = ALL_FIELDS.indexOf('elapsed');

/** The names of the fields of an all-fields export, for one that has no header. */
export function fieldNames(csv: string): string {
  return [...ALL_FIELDS, ...(hasPriority(csv) ? ['priority'] : [])].join(',');
}

/** As `qhist --noheader` prints it. */
export function withoutHeader(csv: string): string {
  return csv.slice(csv.indexOf('\n') + 1);
}

/** As `qhist -U` prints it. */
export function withUnits(csv: string): string {
  const header = headerOf(csv)
    .replace('Elapsed', 'Elapsed (h)')
    .replace('Walltime', 'Walltime (h)')
    .replaceAll(/\b(Used|Req|Virt) Mem/g, '$1 Mem (GB)')
    .replace('Avg CPU', 'Avg CPU (%)');
  return `${header}\n${withoutHeader(csv)}`;
}

/** As `qhist --time-unit m` prints it. */
export function inMinutes(csv: string): string {
  const isDuration = (place: number) => DURATIONS.includes(ALL_FIELDS[place]);
  const hours = /^[\d.e-]+$/;
  return eachLine(csv, (fields) =>
    fields.map((field, place) =>
      isDuration(place) && hours.test(field) ? String(Number(field) * 60) : field,
    ),
  );
}

/** As qhist on a machine where jobs have no field for their priority. */
export function withoutPriority(csv: string): string {
  return hasPriority(csv) ? eachLine(csv, (fields) => fields.slice(0, -1)) : csv;
}

/** As qhist prints it where it is told no fields. */
export function defaultFields(csv: string): string {
  const places = [...DEFAULT_FIELDS.keys()].map((name) => ALL_FIELDS.indexOf(name));
  const header = [...DEFAULT_FIELDS.values()].join(',');
  const lines = eachLine(withoutHeader(csv), (fields) => {
    // A broken number of CPUs would be left out, and the job would be sound.
    const isSound = /^\d+$/.test(fields[NUMCPUS]);
    const kept = isSound ? fields : fields.with(ELAPSED, fields[NUMCPUS]);
    return places.map((place) => kept[place]);
  });
  return `${header}\n${lines}`;
}

/** Lines that are cut off, and blank ones, stay as they are; a comma in a name is no border of fields. */
function eachLine(csv: string, change: (fields: readonly string[]) => readonly string[]): string {
  // The first line is a header or a job that is sound.
  const count = headerOf(csv).split(',').length;
  return csv
    .split('\n')
    .map((line) => {
      const fields = line.split(',');
      if (fields.length < count) return line;
      const joined = fields.slice(NAME, NAME + 1 + fields.length - count).join(',');
      const whole = [...fields.slice(0, NAME), joined, ...fields.slice(NAME - count + 1)];
      return change(whole).join(',');
    })
    .join('\n');
}

function headerOf(csv: string): string {
  return csv.slice(0, csv.indexOf('\n'));
}

function hasPriority(csv: string): boolean {
  return headerOf(csv).endsWith(',Priority');
}
