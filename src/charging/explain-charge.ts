import { INCOMPLETE } from '../job/job-batch.ts';
import { durationName } from '../site/duration.ts';
import { formatLocalDay } from '../site/local-day.ts';
import { chargedSeconds, chargeTerms } from './charge-terms.ts';
import type { ChargedJob, JobCharge } from './charged-job.ts';
import { compileCharging } from './compile-charging.ts';
import type { Qos } from './compile-qos.ts';
import { compileRule } from './compile-rule.ts';
import { dayRange, holdsOn } from './effective-days.ts';
import { compileGlob } from './glob.ts';
import { compileConditions } from './rule-conditions.ts';
import type { ChargeRule, ChargeRuleSet, CpuRule } from './rule-set.ts';
import { daysText, factorText, ruleScope } from './rule-words.ts';

export interface ChargeExplanation {
  readonly charge: JobCharge;
  readonly qos: Qos;
  /** The place of the rule in the list, counted from 0, as in messages about the configuration. */
  readonly rule: number;
  /** In the order in which a job is charged: the QoS, the rule, the elapsed time, each quantity. */
  readonly steps: readonly ChargeStep[];
}

export interface ChargeStep {
  readonly what: string;
  readonly why: string;
}

/** Charges a job and tells how. */
export function explainCharge(
  ruleSet: ChargeRuleSet,
  queue: string,
  job: ChargedJob,
): ChargeExplanation {
  const charging = compileCharging(ruleSet);
  const charge = charging.forQueue(queue).of(job);
  const qos = charging.qos[charge.qosCode];
  const place = ruleSet.rules.findIndex((rule) => {
    const { matchesQueue, fits } = compileRule(rule);
    return matchesQueue(queue) && fits?.(job, qos.name) !== false;
  });
  const rule = ruleSet.rules[place];
  const passedOver = ruleSet.rules.slice(0, place).flatMap((each, i) => {
    const why = missText(each, queue, job, qos.name);
    return why === undefined ? [] : { what: `rules[${i}]`, why: `does not fit: ${why}` };
  });
  return {
    charge,
    qos,
    rule: place,
    steps: [
      { what: `QoS ${qos.name}`, why: qosText(ruleSet, queue, job, qos) },
      ...passedOver,
      { what: `rules[${place}]`, why: `is the first that fits: ${ruleScope(rule)}` },
      ...elapsedSteps(rule, job),
      ...hourSteps(rule, job, charge, qos),
    ],
  };
}

/** @returns undefined where the rule is for other queues, which needs no word. */
function missText(
  rule: ChargeRule,
  queue: string,
  job: ChargedJob,
  qos: string,
): string | undefined {
  if (!compileRule(rule).matchesQueue(queue)) return undefined;
  if (!holdsOn(dayRange(rule), job.endDay)) {
    return `the job ended on ${formatLocalDay(job.endDay)}, the rule holds ${daysText(rule)}`;
  }
  const missed = compileConditions(rule.conditions).find(({ holds }) => !holds(job, qos));
  return (
    missed &&
    `${missed.key} is ${missed.of(job, qos) ?? 'not known'}, not ${missed.globs.join(' or ')}`
  );
}

function qosText({ qos: rules }: ChargeRuleSet, queue: string, job: ChargedJob, qos: Qos): string {
  const factor = rules.factors[qos.name];
  const dated = typeof factor === 'number' ? '' : `, by the day of the end: ${factorText(factor)}`;
  const byQueue = rules.queues.find(({ queue: glob }) => compileGlob(glob)(queue));
  const why =
    byQueue !== undefined
      ? `queue ${queue} matches ${byQueue.queue}`
      : job.priority === qos.name
        ? 'it is the priority of the job'
        : `the default; the priority is ${job.priority === null ? 'not known' : `"${job.priority}", which is no QoS`}`;
  return `${why}; factor ${qos.factor}${dated}`;
}

function elapsedSteps(rule: ChargeRule, { elapsedSeconds }: ChargedJob): ChargeStep[] {
  const { minimumSeconds, roundUpSeconds } = rule;
  const charged = chargedSeconds(chargeTerms(rule), elapsedSeconds);
  const why = [`the job ran ${numberText(elapsedSeconds)} s`];
  if (minimumSeconds !== undefined)
    why.push(`at least ${durationName(minimumSeconds)} are charged`);
  if (roundUpSeconds !== undefined) {
    why.push(`rounded up to a multiple of ${durationName(roundUpSeconds)}`);
  }
  return [{ what: `elapsed ${numberText(charged)} s`, why: why.join('; ') }];
}

function hourSteps(rule: ChargeRule, job: ChargedJob, charge: JobCharge, qos: Qos): ChargeStep[] {
  const terms = chargeTerms(rule);
  const seconds = numberText(chargedSeconds(terms, job.elapsedSeconds));
  return [
    {
      what: 'cpu',
      hours: charge.cpuHours,
      isKnown: (charge.incomplete & INCOMPLETE.cpu) === 0,
      weight: terms.cpuWeight,
      why: countText(rule.cpu, job, 'CPUs', job.numcpus, seconds),
    },
    {
      what: 'gpu',
      hours: charge.gpuHours,
      isKnown: (charge.incomplete & INCOMPLETE.gpu) === 0,
      weight: terms.gpuWeight,
      why: countText(rule.gpu, job, 'GPUs', job.numgpus, seconds),
    },
    {
      what: 'memory',
      hours: charge.memoryHours,
      isKnown: (charge.incomplete & INCOMPLETE.memory) === 0,
      weight: terms.memoryWeight,
      why: memoryText(rule, job, seconds),
    },
  ].map(({ what, hours, isKnown, weight, why }) => ({
    what: `${what} hours ${hours}`,
    why:
      why +
      (weight === 1 ? '' : `, x ${weight} (weight)`) +
      (isKnown
        ? `; x ${qos.factor} (QoS) = a charge of ${hours * qos.factor}`
        : '; a figure is not known, so the hours are 0 and marked incomplete'),
  }));
}

function countText(
  rule: CpuRule,
  job: ChargedJob,
  units: string,
  allocated: number,
  seconds: string,
): string {
  switch (rule.per) {
    case 'node':
      return `${numberText(job.numnodes)} ${job.numnodes === 1 ? 'node' : 'nodes'} x ${rule.count} ${units} x ${seconds} s / 3600`;
    case 'allocated':
      return `${numberText(allocated)} ${units} x ${seconds} s / 3600`;
    case 'used':
      return `${numberText(job.cputimeSeconds)} s of CPU time / 3600`;
    case 'none':
      return 'the rule charges none';
  }
}

function memoryText({ memory }: ChargeRule, job: ChargedJob, seconds: string): string {
  if (memory === 'none') return 'the rule charges none';
  const bytes = memory === 'used' ? job.memoryBytes : job.reqmemBytes;
  return `${numberText(bytes)} bytes ${memory} / 2^30 x ${seconds} s / 3600`;
}

function numberText(value: number): string {
  return Number.isNaN(value) ? '(not known)' : String(value);
}
