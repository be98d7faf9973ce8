import { CONDITIONS } from '../charging/rule-conditions.ts';
import type { ChargeRule, CountRule, RuleConditions } from '../charging/rule-set.ts';
import type { MachineConfig } from './config-schema.ts';
import { factsFromConfig } from './facts-from-config.ts';
import type { Machine } from './machine.ts';
import type { RuleConfig } from './rule-config.ts';

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
    ...factsFromConfig(config),
  };
}

/** What the configuration leaves out must not become a key. */
function chargeRule(config: RuleConfig): ChargeRule {
  const { queue, from, to, cpu, gpu, memory, minimum, weight } = config;
  const roundUp = config['round-up'];
  const conditions = ruleConditions(config);
  return {
    queues: [queue].flat(),
    ...(conditions === undefined ? {} : { conditions }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    cpu: cpu === 'used' ? { per: cpu } : countRule(cpu),
    gpu: countRule(gpu),
    memory,
    ...(minimum === undefined ? {} : { minimumSeconds: minimum }),
    ...(roundUp === undefined ? {} : { roundUpSeconds: roundUp }),
    ...(weight === undefined ? {} : { weights: weight }),
  };
}

function ruleConditions(config: RuleConfig): RuleConditions | undefined {
  const globs: Partial<Record<keyof RuleConditions, readonly string[]>> = {};
  for (const { name, key } of CONDITIONS) {
    const given = config[key];
    if (given !== undefined) globs[name] = [given].flat();
  }
  return Object.keys(globs).length === 0 ? undefined : globs;
}

function countRule(config: RuleConfig['gpu']): CountRule {
  return typeof config === 'string' ? { per: config } : { per: 'node', count: config['per-node'] };
}
