import type { BudgetConfig } from './budgets-config.ts';
import type { MachineConfig } from './config-schema.ts';
import type { Budget, Capacity, MachineFacts, ResourceFacts } from './machine-facts.ts';
import type { CapacityConfig, ResourcesConfig } from './resources-config.ts';

/** Gives what a machine's section tells reports the shape that they work with. */
export function factsFromConfig({
  resources,
  facilities,
  budgets,
}: Pick<MachineConfig, 'resources' | 'facilities' | 'budgets'>): MachineFacts {
  return {
    resources: { cpu: resourceFacts(resources.cpu), gpu: resourceFacts(resources.gpu) },
    facilities: Object.entries(facilities).map(([account, facility]) => ({ account, facility })),
    budgets: budgets.map(budgetOf),
  };
}

function resourceFacts(config: ResourcesConfig['cpu']): ResourceFacts {
  return {
    queues: [config?.queues ?? []].flat(),
    capacity: [config?.capacity ?? []].flat().map(capacityOf),
  };
}

function capacityOf(config: CapacityConfig): Capacity {
  const { nodes } = config;
  const total = (all: number | undefined, perNode: number | undefined): number | null => {
    if (all !== undefined) return all;
    return nodes === undefined || perNode === undefined ? null : nodes * perNode;
  };
  return {
    nodes: nodes ?? null,
    cores: total(config.cores, config['cores-per-node']),
    gpus: total(config.gpus, config['gpus-per-node']),
    memoryBytes: total(config.memory, config['memory-per-node']),
    ...daysOf(config),
  };
}

function budgetOf(config: BudgetConfig): Budget {
  const { account, cpu, gpu } = config;
  return { account, cpuHours: cpu ?? null, gpuHours: gpu ?? null, ...daysOf(config) };
}

/** What the configuration leaves out must not become a key. */
function daysOf({ from, to }: { from?: string; to?: string }): { from?: string; to?: string } {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}
