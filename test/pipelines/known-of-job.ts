import type { Row } from '../support/query-ledger.ts';

const UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['s', 1],
  ['MiB', 2 ** 20],
]);
const TOLERANCE = /^± ([\d.]+) ?(\w*)$/;
/** The one queue whose QoS does not depend on the priority. */
const UNCHARGED_QUEUE = 'jhublogin';
/** A select statement names them by their own names, but for an underscore. */
const SELECT_KEYS: ReadonlyMap<string, string> = new Map([
  ['mpiprocs', 'mpiprocs='],
  ['ompthreads', 'ompthreads='],
  ['cputype', 'cpu_type='],
  ['gputype', 'gpu_type='],
]);

/**
 * Whether a column of a job is what a format can know of it.
 * @param knowledge the word of the table in the documentation.
 * @param exact the job as a PBS log has it. @param job the job as the format has it.
 */
export function isKnown(knowledge: string, column: string, exact: Row, job: Row): boolean {
  const value = job[column];
  switch (knowledge) {
    case 'exact':
      return value === exact[column];
    case 'NULL':
      return value === null;
    case '0':
      return value === 0;
    case 'marked':
      return value !== 0;
    case 'by queue':
      if (job.queue === UNCHARGED_QUEUE) return value === exact[column];
      return value === (column === 'qos' ? 'regular' : 1);
    case 'by select':
      return value === exact[column] || (value === null && !isSelected(column, exact));
    case 'as rounded':
      return value === (Number(job.elapsed) * Number(job.memory)) / 3600 / 2 ** 30;
    default:
      return isNear(toleranceOf(knowledge), value, exact[column]);
  }
}

function isSelected(column: string, job: Row): boolean {
  const key = SELECT_KEYS.get(column);
  return key === undefined || String(job.resources).includes(key);
}

function toleranceOf(knowledge: string): number {
  const [, count, unit] = TOLERANCE.exec(knowledge) ?? [];
  const scale = UNITS.get(unit);
  if (scale === undefined) throw new Error(`the table says "${knowledge}", which means nothing`);
  return Number(count) * scale;
}

/** A hair more, for what was rounded to the nearest double. */
function isNear(tolerance: number, value: Row[string], exact: Row[string]): boolean {
  if (value === null || exact === null) return value === exact;
  return Math.abs(Number(value) - Number(exact)) <= tolerance * (1 + 1e-6);
}
