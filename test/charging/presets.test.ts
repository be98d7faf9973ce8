import { describe, expect, it } from 'vitest';
import type { ChargedJob, JobCharge } from '../../src/charging/charged-job.ts';
import { type Charging, compileCharging } from '../../src/charging/compile-charging.ts';
import { INCOMPLETE } from '../../src/job/job-batch.ts';
import { PRESETS } from '../../src/site/presets.ts';
import { UNKNOWN_JOB } from './unknown-job.ts';

const HOUR = 3600;
const GIB = 2 ** 30;

describe('the charge of a derecho job', () => {
  // 2 nodes, 36 CPUs, 3 GPUs, 90 minutes.
  it.each([
    ['cpu', 2 * 128 * 1.5, 0],
    ['main', 2 * 128 * 1.5, 0],
    ['gpu', 2 * 128 * 1.5, 2 * 4 * 1.5],
    ['pgpu', 2 * 128 * 1.5, 2 * 4 * 1.5],
    ['cpudev', 36 * 1.5, 0],
    ['develop', 36 * 1.5, 0],
    ['gpudev', 36 * 1.5, 3 * 1.5],
    ['dev-gpu', 36 * 1.5, 3 * 1.5],
    ['DEV', 2 * 128 * 1.5, 0],
  ])('in queue %s is %d CPU hours and %d GPU hours', (queue, cpuHours, gpuHours) => {
    const job = {
      numcpus: 36,
      numgpus: 3,
      numnodes: 2,
      memoryBytes: 0,
      elapsedSeconds: 1.5 * HOUR,
    };
    expect(chargeOf('derecho', queue, job)).toMatchObject({ cpuHours, gpuHours, incomplete: 0 });
  });

  it('needs the node count where nodes are charged and nothing of the CPUs', () => {
    const known = { memoryBytes: 0, elapsedSeconds: HOUR };
    const whole = chargeOf('derecho', 'gpu', { ...known, numnodes: 1 });
    expect(whole).toMatchObject({ cpuHours: 128, gpuHours: 4, incomplete: 0 });
    const lacking = chargeOf('derecho', 'gpu', { ...known, numcpus: 128, numgpus: 4 });
    expect(lacking).toMatchObject({
      cpuHours: 0,
      gpuHours: 0,
      incomplete: INCOMPLETE.cpu | INCOMPLETE.gpu,
    });
  });

  it('needs the CPU count in a development queue and nothing of the nodes', () => {
    const known = { memoryBytes: 0, elapsedSeconds: HOUR };
    const shared = chargeOf('derecho', 'gpudev', { ...known, numcpus: 8, numgpus: 2 });
    expect(shared).toMatchObject({ cpuHours: 8, gpuHours: 2, incomplete: 0 });
    const lacking = chargeOf('derecho', 'gpudev', { ...known, numnodes: 1 });
    expect(lacking.incomplete).toBe(INCOMPLETE.cpu | INCOMPLETE.gpu);
  });

  it('is no GPU hours in a CPU queue, whatever is unknown', () => {
    for (const queue of ['cpu', 'cpudev']) {
      expect(chargeOf('derecho', queue, {})).toMatchObject({
        gpuHours: 0,
        incomplete: INCOMPLETE.cpu | INCOMPLETE.memory,
      });
    }
  });
});

describe('the charge of a casper job', () => {
  it.each(['htc', 'gpgpu', 'a100', 'gpudev'])('in queue %s is what it was given', (queue) => {
    const known = { memoryBytes: 0, elapsedSeconds: 45 * 60 };
    const shared = chargeOf('casper', queue, { ...known, numcpus: 8, numgpus: 2 });
    expect(shared).toMatchObject({ cpuHours: 6, gpuHours: 1.5, incomplete: 0 });
    const lacking = chargeOf('casper', queue, { ...known, numnodes: 1 });
    expect(lacking.incomplete).toBe(INCOMPLETE.cpu | INCOMPLETE.gpu);
  });
});

describe.each(['derecho', 'casper'])('on %s', (machine) => {
  it.each(['cpu', 'gpu', 'cpudev', 'gpudev'])('queue %s charges used memory', (queue) => {
    const known = { numcpus: 1, numgpus: 1, numnodes: 1, elapsedSeconds: 2 * HOUR };
    const used = chargeOf(machine, queue, { ...known, memoryBytes: 3 * GIB });
    expect(used).toMatchObject({ memoryHours: 6, incomplete: 0 });
    const requested = chargeOf(machine, queue, { ...known, reqmemBytes: 3 * GIB });
    expect(requested).toMatchObject({ memoryHours: 0, incomplete: INCOMPLETE.memory });
  });

  it('a job without a duration has no known charge, and one of no duration costs nothing', () => {
    const known = { numcpus: 1, numgpus: 0, numnodes: 1, memoryBytes: GIB };
    const unknown = chargeOf(machine, 'cpu', known).incomplete;
    expect(unknown & INCOMPLETE.cpu).toBe(INCOMPLETE.cpu);
    expect(unknown & INCOMPLETE.memory).toBe(INCOMPLETE.memory);
    expect(chargeOf(machine, 'cpu', { ...known, elapsedSeconds: 0 })).toMatchObject({
      cpuHours: 0,
      gpuHours: 0,
      memoryHours: 0,
      incomplete: 0,
    });
  });

  it.each([
    ['premium', 'premium', 1.5],
    ['regular', 'regular', 1],
    ['economy', 'economy', 0.7],
    ['special', 'special', 1],
    ['unheard-of', 'regular', 1],
    ['Premium', 'regular', 1],
    ['', 'regular', 1],
    [null, 'regular', 1],
  ])('priority %s is QoS %s with factor %d', (priority, name, factor) => {
    const charging = chargingOf(machine);
    const { qosCode } = charging.forQueue('cpu').of({ ...UNKNOWN_JOB, priority });
    expect(charging.qos[qosCode]).toEqual({ name, factor });
  });

  it.each(['premium', 'economy', null])('queue jhublogin is free at priority %s', (priority) => {
    const charging = chargingOf(machine);
    const { qosCode } = charging.forQueue('jhublogin').of({ ...UNKNOWN_JOB, priority });
    expect(charging.qos[qosCode]).toEqual({ name: 'uncharged', factor: 0 });
  });
});

function chargeOf(machine: string, queue: string, job: Partial<ChargedJob>): JobCharge {
  return chargingOf(machine)
    .forQueue(queue)
    .of({ ...UNKNOWN_JOB, ...job });
}

function chargingOf(name: string): Charging {
  const machine = PRESETS.find((preset) => preset.name === name);
  if (machine === undefined) throw new Error(`no preset ${name}`);
  return compileCharging(machine.charging);
}
