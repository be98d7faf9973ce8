import { availableParallelism, cpus } from 'node:os';

/** The machine that the figures hold for. */
export interface Host {
  readonly cores: number;
  readonly cpuModel: string;
  readonly platform: string;
  readonly node: string;
}

export function thisHost(): Host {
  return {
    cores: availableParallelism(),
    cpuModel: cpus().at(0)?.model.trim() ?? 'unknown CPU',
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
  };
}
