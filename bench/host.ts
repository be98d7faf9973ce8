import { availableParallelism, cpus, loadavg } from 'node:os';

/** The machine that the figures hold for. */
export interface Host {
  readonly cores: number;
  readonly cpuModel: string;
  readonly platform: string;
  readonly node: string;
  /** Processes that ran or waited for a core in the minute before; 0 on Windows. */
  readonly loadAverage: number;
}

export function thisHost(): Host {
  return {
    cores: availableParallelism(),
    cpuModel: cpus().at(0)?.model.trim() ?? 'unknown CPU',
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    loadAverage: loadavg()[0],
  };
}
