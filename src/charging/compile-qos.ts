import { type DayRange, dayRange, holdsOn } from './effective-days.ts';
import { compileGlob } from './glob.ts';
import type { QosRules } from './rule-set.ts';

/** A batch of jobs keeps a QoS code in one byte. */
const MOST_QOS = 256;

/** A QoS with its factor; one whose factor depends on the day stands for each of its periods. */
export interface Qos {
  readonly name: string;
  readonly factor: number;
}

export interface CompiledQos {
  /** Sorted by name, then in the order of the periods, so that the factor without dates is a name's last. */
  readonly list: readonly Qos[];
  /** Whether the factor of any QoS depends on the day. */
  readonly dated: boolean;
  forQueue(queue: string): QueueQos;
  /** The place of the QoS of a queue in the list, whatever the day; null where the priority decides. */
  ofQueue(queue: string): number | null;
  /** The same of jobs in other queues. */
  ofPriority(priority: string | null): number;
}

/** @returns the place in the list; `priority` is read only where it decides. */
export type QueueQos = (job: {
  readonly priority: string | null;
  readonly endDay: number;
}) => number;

/**
 * Compiles what decides the QoS of a job: its queue, else its priority where that names a QoS, else the
 * default.
 * @throws Error where the default or a queue names a QoS without a factor.
 */
export function compileQos(rules: QosRules): CompiledQos {
  const list: Qos[] = [];
  const codes = new Map<string, number>();
  /** The periods of QoS whose factor depends on the day, by the first code of the QoS. */
  const periods: (readonly DayRange[] | undefined)[] = [];
  for (const [name, factor] of Object.entries(rules.factors).sort(byName)) {
    const dated = typeof factor === 'number' ? [{ factor }] : factor;
    if (dated.length > 1) periods[list.length] = dated.map(dayRange);
    codes.set(name, list.length);
    for (const { factor } of dated) list.push({ name, factor });
  }
  if (list.length > MOST_QOS) throw new Error(`more than ${MOST_QOS} QoS factors`);
  const defaultCode = codeOf(codes, rules.default);
  const queues = rules.queues.map(({ queue, qos }) => ({
    matches: compileGlob(queue),
    code: codeOf(codes, qos),
  }));
  const inForce = (code: number, endDay: number): number => {
    const ranges = periods[code];
    return ranges === undefined ? code : code + ranges.findIndex((days) => holdsOn(days, endDay));
  };
  const ofPriority = (priority: string | null): number =>
    priority === null ? defaultCode : (codes.get(priority) ?? defaultCode);
  const ofQueue = (queue: string): number | null =>
    queues.find(({ matches }) => matches(queue))?.code ?? null;
  const dated = periods.length > 0;
  return {
    list,
    dated,
    ofQueue,
    ofPriority,
    forQueue(queue) {
      const ofItsOwn = ofQueue(queue);
      return (job) => {
        const code = ofItsOwn ?? ofPriority(job.priority);
        return dated ? inForce(code, job.endDay) : code;
      };
    },
  };
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function codeOf(codes: ReadonlyMap<string, number>, name: string): number {
  const code = codes.get(name);
  if (code === undefined) throw new Error(`the QoS "${name}" has no factor`);
  return code;
}
