import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChargedJob } from '../../src/charging/charged-job.ts';
import { compileCharging } from '../../src/charging/compile-charging.ts';
import { explainCharge } from '../../src/charging/explain-charge.ts';
import type { ChargeRule, ChargeRuleSet, QosRules } from '../../src/charging/rule-set.ts';
import { INCOMPLETE } from '../../src/job/job-batch.ts';
import { parseLocalDay } from '../../src/site/local-day.ts';
import { PRESETS } from '../../src/site/presets.ts';
import { UNKNOWN_JOB } from './unknown-job.ts';

const FREE: ChargeRule = {
  queues: ['*'],
  cpu: { per: 'none' },
  gpu: { per: 'none' },
  memory: 'none',
};
const ALLOCATED: ChargeRule = { ...FREE, cpu: { per: 'allocated' } };
const QOS: QosRules = { default: 'normal', factors: { normal: 1, high: 2 }, queues: [] };
/** One CPU for one hour: 1 hour where it is charged at all. */
const JOB: ChargedJob = { ...UNKNOWN_JOB, numcpus: 1, elapsedSeconds: 3600 };

describe('a rule with dates', () => {
  it('charges the jobs that ended on its days, both ends included, and no others', () => {
    const rules = [{ ...ALLOCATED, from: '2025-10-01', to: '2025-10-03' }, FREE];
    const days = ['2025-09-30', '2025-10-01', '2025-10-03', '2025-10-04'];
    expect(days.map((day) => cpuHours(rules, { endDay: parseLocalDay(day) }))).toEqual([
      0, 1, 1, 0,
    ]);
  });

  it('without an end holds ever after, and without a begin since ever', () => {
    const before = [{ ...ALLOCATED, to: '2025-09-30' }, FREE];
    const after = [{ ...ALLOCATED, from: '2025-10-01' }, FREE];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50_000 }), (endDay) => {
        expect(cpuHours(before, { endDay }) + cpuHours(after, { endDay })).toBe(1);
      }),
    );
  });
});

describe('a rule with conditions', () => {
  it.each<[string, ChargeRule['conditions'], Partial<ChargedJob>, number]>([
    ['a user', { user: ['svc-*', 'ada'] }, { user: 'ada' }, 1],
    ['another user', { user: ['svc-*', 'ada'] }, { user: 'adam' }, 0],
    ['an account', { account: ['NC*'] }, { account: 'NCGD0001' }, 1],
    ['a CPU type', { cpuType: ['genoa'] }, { cpuType: 'genoa' }, 1],
    ['a type that is not known', { gpuType: ['*'] }, { gpuType: null }, 0],
    ['a priority', { priority: ['urgent'] }, { priority: 'urgent' }, 1],
    ['a QoS by its priority', { qos: ['high'] }, { priority: 'high' }, 1],
    ['the default QoS', { qos: ['normal'] }, { priority: 'urgent' }, 1],
    ['one of two', { user: ['ada'], account: ['NC*'] }, { user: 'ada', account: 'X' }, 0],
    ['both', { user: ['ada'], account: ['NC*'] }, { user: 'ada', account: 'NC' }, 1],
  ])('fits %s', (_, conditions = {}, job, hours) => {
    expect(cpuHours([{ ...ALLOCATED, conditions }, FREE], job)).toBe(hours);
  });

  it('gives way to an earlier one that fits too', () => {
    const double: ChargeRule = { ...ALLOCATED, weights: { cpu: 2 }, conditions: { user: ['ada'] } };
    const triple: ChargeRule = { ...ALLOCATED, weights: { cpu: 3 }, conditions: { user: ['a*'] } };
    expect(cpuHours([double, triple, FREE], { user: 'ada' })).toBe(2);
    expect(cpuHours([triple, double, FREE], { user: 'ada' })).toBe(3);
  });
});

describe('the elapsed time', () => {
  const rules = (extra: Partial<ChargeRule>) => [{ ...ALLOCATED, ...extra }];

  it.each([
    [0, 900],
    [899, 900],
    [900, 900],
    [901, 901],
  ])('of %d s counts as %d s where 15 minutes are the least', (elapsedSeconds, charged) => {
    const hours = cpuHours(rules({ minimumSeconds: 900 }), { elapsedSeconds });
    expect(hours).toBe(charged / 3600);
  });

  it('is raised to the minimum first, then rounded up', () => {
    const both = rules({ minimumSeconds: 1000, roundUpSeconds: 900 });
    expect([0, 1800, 1801].map((elapsedSeconds) => cpuHours(both, { elapsedSeconds }))).toEqual([
      0.5, 0.5, 0.75,
    ]);
  });

  it('that is not known stays so', () => {
    const [rule] = rules({ minimumSeconds: 900, roundUpSeconds: 900 });
    const job = { ...JOB, elapsedSeconds: Number.NaN };
    expect(compiled([rule]).of(job)).toMatchObject({ cpuHours: 0, incomplete: INCOMPLETE.cpu });
  });
});

it('CPU time is charged as it is, whatever the elapsed time', () => {
  const used: ChargeRule = { ...FREE, cpu: { per: 'used' }, minimumSeconds: 900 };
  const job = { ...UNKNOWN_JOB, cputimeSeconds: 5400 };
  expect(compiled([used]).of(job)).toMatchObject({ cpuHours: 1.5, incomplete: 0 });
  expect(compiled([used]).of(JOB)).toMatchObject({ cpuHours: 0, incomplete: INCOMPLETE.cpu });
});

it('weights multiply hours before the factor', () => {
  const weights = { cpu: 2, gpu: 0.5 };
  const rule: ChargeRule = { ...ALLOCATED, gpu: { per: 'node', count: 4 }, weights };
  const charge = compiled([rule]).of({ ...JOB, numnodes: 3 });
  expect(charge).toMatchObject({ cpuHours: 2, gpuHours: 6, memoryHours: 0 });
});

describe('a QoS factor with dates', () => {
  const factors = { normal: 1, high: [{ factor: 3, from: '2026-01-01' }, { factor: 2 }] };
  const charging = compileCharging({ rules: [FREE], qos: { ...QOS, factors } });

  it('is that of the day on which the job ended', () => {
    const factorOn = (day: string, priority: string) => {
      const job = { ...JOB, priority, endDay: parseLocalDay(day) };
      return charging.qos[charging.forQueue('any').of(job).qosCode];
    };
    expect(factorOn('2025-12-31', 'high')).toEqual({ name: 'high', factor: 2 });
    expect(factorOn('2026-01-01', 'high')).toEqual({ name: 'high', factor: 3 });
    expect(factorOn('2026-01-01', 'low')).toEqual({ name: 'normal', factor: 1 });
  });

  it('stands for each of its periods, the one without dates last', () => {
    expect(charging.qos.map(({ factor }) => factor)).toEqual([3, 2, 1]);
  });
});

describe('rules that fit every job', () => {
  it('charge as without the rules before them that fit none', () => {
    const never: ChargeRule = { ...FREE, from: '1970-01-01', to: '1970-01-01' };
    const nobody: ChargeRule = { ...FREE, conditions: { user: ['nobody'], qos: ['no-such'] } };
    fc.assert(
      fc.property(fc.constantFrom(...PRESETS), queues, jobs, ({ charging }, queue, job) => {
        const padded = { ...charging, rules: [never, nobody, ...charging.rules] };
        const plain = compileCharging(charging).forQueue(queue).of(job);
        expect(compileCharging(padded).forQueue(queue).of(job)).toEqual(plain);
      }),
    );
  });

  it('are asked for nothing of a job that they do not need', () => {
    const lazy: ChargedJob = {
      ...JOB,
      get user(): string {
        throw new Error('nobody asked for the user');
      },
      get account(): string {
        throw new Error('nobody asked for the account');
      },
    };
    expect(compiled([ALLOCATED]).of(lazy).cpuHours).toBe(1);
    expect(() => compiled([{ ...FREE, conditions: { user: ['a'] } }, FREE]).of(lazy)).toThrow();
  });
});

it('the explanation of a charge is of the very charge', () => {
  const choosy = { ...ALLOCATED, conditions: { user: ['a*'] }, to: '2025-01-01' };
  const sets = [...PRESETS.map(({ charging }) => charging), { rules: [choosy, FREE], qos: QOS }];
  fc.assert(
    fc.property(fc.constantFrom(...sets), queues, jobs, (ruleSet: ChargeRuleSet, queue, job) => {
      const charge = compileCharging(ruleSet).forQueue(queue).of(job);
      const explanation = explainCharge(ruleSet, queue, job);
      expect(explanation.charge).toEqual(charge);
      const ofRule = { ...ruleSet, rules: [{ ...ruleSet.rules[explanation.rule], queues: ['*'] }] };
      const alone = ofRule.rules.map(({ conditions: _, from: _from, to: _to, ...rule }) => rule);
      expect(
        compileCharging({ ...ruleSet, rules: alone })
          .forQueue(queue)
          .of(job),
      ).toEqual(charge);
    }),
  );
});

const queues = fc.constantFrom('cpu', 'gpu', 'cpudev', 'gpudev', 'jhublogin', '');
const amount = fc.oneof(fc.nat(), fc.constant(Number.NaN));
const jobs = fc.record({
  user: fc.constantFrom('ada', 'bob'),
  account: fc.constantFrom('none', 'NC1'),
  cpuType: fc.constantFrom('milan', null),
  gpuType: fc.constantFrom('a100', null),
  priority: fc.constantFrom('premium', 'regular', 'odd', null),
  endDay: fc.integer({ min: 1, max: 40_000 }),
  elapsedSeconds: amount,
  numcpus: amount,
  numgpus: amount,
  numnodes: amount,
  cputimeSeconds: amount,
  memoryBytes: amount,
  reqmemBytes: amount,
});

function compiled(rules: readonly ChargeRule[]) {
  return compileCharging({ rules, qos: QOS }).forQueue('any');
}

function cpuHours(rules: readonly ChargeRule[], job: Partial<ChargedJob>): number {
  return compiled(rules).of({ ...JOB, ...job }).cpuHours;
}
