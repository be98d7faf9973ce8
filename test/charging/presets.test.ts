import { describe, expect, it } from 'vitest';
import { type Charging, compileCharging } from '../../src/charging/compile-charging.ts';
import { PRESETS } from '../../src/site/presets.ts';

const HOUR = 3600;
const GIB = 2 ** 30;
const NULL = Number.NaN;

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
    const charge = chargingOf('derecho').forQueue(queue);
    expect(charge.cpuHours(36, 2, 1.5 * HOUR)).toBe(cpuHours);
    expect(charge.gpuHours(3, 2, 1.5 * HOUR)).toBe(gpuHours);
  });

  it('needs the node count where nodes are charged and nothing of the CPUs', () => {
    const charge = chargingOf('derecho').forQueue('gpu');
    expect(charge.cpuHours(NULL, 1, HOUR)).toBe(128);
    expect(charge.gpuHours(NULL, 1, HOUR)).toBe(4);
    expect(charge.cpuHours(128, NULL, HOUR)).toBeNaN();
    expect(charge.gpuHours(4, NULL, HOUR)).toBeNaN();
  });

  it('needs the CPU count in a development queue and nothing of the nodes', () => {
    const charge = chargingOf('derecho').forQueue('gpudev');
    expect(charge.cpuHours(8, NULL, HOUR)).toBe(8);
    expect(charge.gpuHours(2, NULL, HOUR)).toBe(2);
    expect(charge.cpuHours(NULL, 1, HOUR)).toBeNaN();
    expect(charge.gpuHours(NULL, 1, HOUR)).toBeNaN();
  });

  it('is no GPU hours in a CPU queue, whatever is unknown', () => {
    expect(chargingOf('derecho').forQueue('cpu').gpuHours(NULL, NULL, NULL)).toBe(0);
    expect(chargingOf('derecho').forQueue('cpudev').gpuHours(NULL, NULL, NULL)).toBe(0);
  });
});

describe('the charge of a casper job', () => {
  it.each(['htc', 'gpgpu', 'a100', 'gpudev'])('in queue %s is what it was given', (queue) => {
    const charge = chargingOf('casper').forQueue(queue);
    expect(charge.cpuHours(8, 1, 45 * 60)).toBe(6);
    expect(charge.gpuHours(2, 1, 45 * 60)).toBe(1.5);
    expect(charge.cpuHours(NULL, 1, HOUR)).toBeNaN();
    expect(charge.gpuHours(NULL, 1, HOUR)).toBeNaN();
  });
});

describe.each(['derecho', 'casper'])('on %s', (machine) => {
  it.each(['cpu', 'gpu', 'cpudev', 'gpudev'])('queue %s charges used memory', (queue) => {
    const charge = chargingOf(machine).forQueue(queue);
    expect(charge.memoryHours(3 * GIB, NULL, 2 * HOUR)).toBe(6);
    expect(charge.memoryHours(NULL, 3 * GIB, 2 * HOUR)).toBeNaN();
  });

  it('a job without a duration has no known charge, and one of no duration costs nothing', () => {
    const charge = chargingOf(machine).forQueue('cpu');
    expect(charge.cpuHours(1, 1, NULL)).toBeNaN();
    expect(charge.memoryHours(GIB, GIB, NULL)).toBeNaN();
    expect(charge.cpuHours(1, 1, 0)).toBe(0);
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
    const code = charging.forQueue('cpu').qosCode(priority);
    expect(charging.qos[code]).toEqual({ name, factor });
  });

  it.each(['premium', 'economy', null])('queue jhublogin is free at priority %s', (priority) => {
    const charging = chargingOf(machine);
    const code = charging.forQueue('jhublogin').qosCode(priority);
    expect(charging.qos[code]).toEqual({ name: 'uncharged', factor: 0 });
  });
});

function chargingOf(name: string): Charging {
  const machine = PRESETS.find((preset) => preset.name === name);
  if (machine === undefined) throw new Error(`no preset ${name}`);
  return compileCharging(machine.charging);
}
