import type { ChargeRule, CountRule } from '../charging/rule-set.ts';
import type { CountConfig, MachineConfig, RuleConfig } from './config-schema.ts';
import type { Machine } from './machine.ts';

/** Gives a machine's validated section of the configuration the shape that the program works with. */
export function machineFromConfig(name: string, config: MachineConfig): Machine {
  return {
    name,
    timeZone: config['time-zone'],
    cpuType: config['cpu-type'] ?? null,
    gpuTypes: Object.entries(config['gpu-types']).map(([queue, type]) => ({ queue, type })),
    charging: {
      rules: config.rules.map(chargeRule),
      qos: {
        default: config.qos.default,
        factors: config.qos.factors,
        queues: Object.entries(config.qos.queues).map(([queue, qos]) => ({ queue, qos })),
      },
    },
  };
}

function chargeRule({ queue, cpu, gpu, memory }: RuleConfig): ChargeRule {
  return { queues: [queue].flat(), cpu: countRule(cpu), gpu: countRule(gpu), memory };
}

function countRule(config: CountConfig): CountRule {
  return typeof config === 'string' ? { per: config } : { per: 'node', count: config['per-node'] };
}
