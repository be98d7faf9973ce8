import { compileGlob } from './glob.ts';
import type { ChargeRule, ChargeRuleSet, CountRule, QosRules } from './rule-set.ts';

const HOUR_SECONDS = 3600;
const GIB_BYTES = 2 ** 30;
/** A batch of jobs keeps a QoS code in one byte. */
export const MOST_QOS = 256;

export interface Charging {
  /** Sorted by name; a QoS code is an index into it. */
  readonly qos: readonly Qos[];
  /** Keep the answer for each distinct queue: finding it costs far more than charging a job with it. */
  forQueue(queue: string): QueueCharge;
}

export interface Qos {
  readonly name: string;
  readonly factor: number;
}

/**
 * The charge of one queue's jobs, in hours before the QoS factor. NaN stands for NULL: a result is NaN
 * where an input that the rule needs is NULL, and an input that it does not need is not looked at.
 */
export interface QueueCharge {
  cpuHours(numcpus: number, numnodes: number, elapsedSeconds: number): number;
  gpuHours(numgpus: number, numnodes: number, elapsedSeconds: number): number;
  /** GiB-hours. */
  memoryHours(memoryBytes: number, reqmemBytes: number, elapsedSeconds: number): number;
  qosCode(priority: string | null): number;
}

/**
 * Compiles a rule set, which the site's configuration has validated.
 * @throws Error where the default or a queue names a QoS without a factor and, from `forQueue`, where
 * no rule matches the queue; neither can come from a validated configuration.
 */
export function compileCharging(ruleSet: ChargeRuleSet): Charging {
  const qos = Object.entries(ruleSet.qos.factors)
    .map(([name, factor]) => ({ name, factor }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (qos.length > MOST_QOS) throw new Error(`more than ${MOST_QOS} QoS factors`);
  const codes = new Map(qos.map(({ name }, code) => [name, code]));
  const defaultCode = codeOf(codes, ruleSet.qos.default);
  const ruleOf = compileRules(ruleSet.rules);
  const queueQos = compileQueueQos(ruleSet.qos, codes);
  return {
    qos,
    forQueue(queue) {
      const { cpu, gpu, memory } = ruleOf(queue);
      const fixedCode = queueQos(queue);
      return {
        cpuHours: (numcpus, numnodes, elapsedSeconds) =>
          countHours(cpu, numcpus, numnodes, elapsedSeconds),
        gpuHours: (numgpus, numnodes, elapsedSeconds) =>
          countHours(gpu, numgpus, numnodes, elapsedSeconds),
        memoryHours: (memoryBytes, reqmemBytes, elapsedSeconds) => {
          if (memory === 'none') return 0;
          const bytes = memory === 'used' ? memoryBytes : reqmemBytes;
          return ((bytes / GIB_BYTES) * elapsedSeconds) / HOUR_SECONDS;
        },
        qosCode: (priority) => {
          if (fixedCode !== undefined) return fixedCode;
          return priority === null ? defaultCode : (codes.get(priority) ?? defaultCode);
        },
      };
    },
  };
}

function countHours(
  rule: CountRule,
  allocated: number,
  numnodes: number,
  elapsedSeconds: number,
): number {
  switch (rule.per) {
    case 'node':
      return (numnodes * rule.count * elapsedSeconds) / HOUR_SECONDS;
    case 'allocated':
      return (allocated * elapsedSeconds) / HOUR_SECONDS;
    case 'none':
      return 0;
  }
}

function compileRules(rules: readonly ChargeRule[]): (queue: string) => ChargeRule {
  const compiled = rules.map((rule) => ({ rule, globs: rule.queues.map(compileGlob) }));
  return (queue) => {
    const found = compiled.find(({ globs }) => globs.some((matches) => matches(queue)));
    if (found === undefined) throw new Error(`no charge rule matches the queue "${queue}"`);
    return found.rule;
  };
}

function compileQueueQos(
  rules: QosRules,
  codes: ReadonlyMap<string, number>,
): (queue: string) => number | undefined {
  const compiled = rules.queues.map(({ queue, qos }) => ({
    matches: compileGlob(queue),
    code: codeOf(codes, qos),
  }));
  return (queue) => compiled.find(({ matches }) => matches(queue))?.code;
}

function codeOf(codes: ReadonlyMap<string, number>, name: string): number {
  const code = codes.get(name);
  if (code === undefined) throw new Error(`the QoS "${name}" has no factor`);
  return code;
}
