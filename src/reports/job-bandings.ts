import { ceilingsOf } from '../site/ceilings-of.ts';
import type { MachineFacts } from '../site/machine-facts.ts';
import { binarySize, duration } from './band-texts.ts';
import { type Band, doublingsTo, wholeBands } from './bands.ts';
import { fact, type Quantity } from './facts/aggregate.ts';

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const COUNT = (value: number): string => String(value);

/** By what jobs are put into bands, and where its bands end on a machine. */
export interface Banding {
  readonly label: string;
  readonly quantity: Quantity;
  bands(site: MachineFacts): Band[];
}

const MEMORY_BANDS = wholeBands(
  [1, 4, 16, 64, 128, 256, 512, 1024, 4096].map((gib) => gib * GIB),
  binarySize,
);
const DURATION_BANDS = wholeBands(
  [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR, DAY],
  duration,
);
const RANK_MEMORY_BANDS = wholeBands(
  [128, 256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072].map((mib) => mib * MIB),
  binarySize,
);

/** Used memory by the ranks on all nodes and their threads, in whole bytes; not known unless all of it is. */
const memoryPerRank: Quantity = {
  facts: ['memory', 'mpiprocs', 'ompthreads', 'numnodes'],
  of(jobs, scratch) {
    const [memory, nodes] = [jobs.of('memory'), jobs.of('numnodes')];
    const [ranksPerNode, threads] = [jobs.of('mpiprocs'), jobs.of('ompthreads')];
    for (let i = 0; i < jobs.jobs; i++) {
      const ranks = ranksPerNode[i] * threads[i] * nodes[i];
      scratch[i] = ranks > 0 ? Math.floor(memory[i] / ranks) : Number.NaN;
    }
    return scratch;
  },
};

export const BANDINGS = {
  nodes: {
    label: 'Nodes',
    quantity: fact('numnodes'),
    bands: (site) => wholeBands(doublingsTo(ceilingsOf(site).nodes ?? 4096), COUNT),
  },
  cores: {
    label: 'Cores',
    quantity: fact('numcpus'),
    bands: (site) => wholeBands(doublingsTo(ceilingsOf(site).cores ?? 2 ** 19), COUNT),
  },
  gpus: {
    label: 'GPUs',
    quantity: fact('numgpus'),
    bands: (site) => wholeBands(doublingsTo(ceilingsOf(site).gpus ?? 1024), COUNT),
  },
  memory: { label: 'Memory used', quantity: fact('memory'), bands: () => MEMORY_BANDS },
  duration: { label: 'Run time', quantity: fact('elapsed'), bands: () => DURATION_BANDS },
  'memory-per-rank': {
    label: 'Memory per rank',
    quantity: memoryPerRank,
    bands: () => RANK_MEMORY_BANDS,
  },
} as const satisfies Record<string, Banding>;
