import type { Capacity, MachineFacts } from './machine-facts.ts';

/** The most that a job can have of a machine; null where it is not known. */
export interface Ceilings {
  readonly nodes: number | null;
  readonly cores: number | null;
  readonly gpus: number | null;
  readonly memoryBytes: number | null;
}

/** What the larger of a machine's resources has or ever had, so that no job of its history is above it. */
export function ceilingsOf({ resources }: Pick<MachineFacts, 'resources'>): Ceilings {
  const capacities = Object.values(resources).flatMap(({ capacity }) => capacity);
  const most = (key: keyof Ceilings): number | null => largest(capacities.map((each) => each[key]));
  return {
    nodes: most('nodes'),
    cores: most('cores'),
    gpus: most('gpus'),
    memoryBytes: most('memoryBytes'),
  };
}

function largest(values: readonly Capacity['nodes'][]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}
