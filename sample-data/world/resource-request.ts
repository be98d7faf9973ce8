import type { SeededRandom } from '../random/seeded-random.ts';
import type { QueueProfile } from './machine-profile.ts';

/** What a job asks for, summed over its nodes, and the select statement that says so. */
export interface ResourceRequest {
  readonly numnodes: number;
  readonly numcpus: number;
  readonly numgpus: number;
  readonly mpiprocs: number | null;
  readonly ompthreads: number | null;
  readonly cpuType: string | null;
  readonly gpuType: string | null;
  readonly reqmemBytes: number;
  readonly resources: string;
}

/** The same for one node, and the user's way of writing it down. */
export interface NodeShape {
  readonly cores: number;
  readonly gpus: number;
  readonly memoryGb: number;
  /** MPI ranks per node; 0 where the statement says nothing of them. */
  readonly ranks: number;
  readonly threads: number;
  readonly cpuType: string | null;
  readonly gpuType: string | null;
  readonly memoryIs: 'unstated' | 'last' | 'before threads';
  readonly memoryUnit: string;
  /** Types and threads asked for beside the select statement have columns of their own. */
  readonly typesAreJobWide: boolean;
  readonly threadsAreJobWide: boolean;
  /** Whether one of several nodes is a chunk of its own, for a single rank with all the threads. */
  readonly hasLoneRank: boolean;
}

const GIBIBYTE = 2 ** 30;

export function makeNodeShape(random: SeededRandom, queue: QueueProfile): NodeShape {
  const cores = preferFirst(random, queue.cores);
  const threads = random.chance(0.15) && cores >= 8 ? random.pick([2, 4, 8]) : 1;
  const memoryIndex = random.chance(0.6) ? 0 : random.below(queue.memoryGb.length);
  const stated = random.chance(0.5) ? 'last' : 'before threads';
  return {
    cores,
    gpus: preferFirst(random, queue.gpus),
    memoryGb: queue.memoryGb[memoryIndex],
    ranks: random.chance(0.15) ? 0 : Math.floor(cores / threads),
    threads,
    cpuType: queue.cpuType ?? null,
    gpuType: queue.gpuType ?? null,
    memoryIs: memoryIndex === 0 && random.chance(0.8) ? 'unstated' : stated,
    memoryUnit: random.pick(['GB', 'GB', 'GB', 'gb', 'G']),
    typesAreJobWide: random.chance(0.1),
    threadsAreJobWide: random.chance(0.02),
    hasLoneRank: random.chance(0.03),
  };
}

export function requestOf(shape: NodeShape, numnodes: number): ResourceRequest {
  const loneNodes = shape.hasLoneRank && numnodes > 1 ? 1 : 0;
  const chunks = [chunkText(shape, numnodes - loneNodes, shape.ranks, shape.threads)];
  if (loneNodes > 0) chunks.push(chunkText(shape, loneNodes, 1, shape.cores));
  return {
    numnodes,
    numcpus: numnodes * shape.cores,
    numgpus: numnodes * shape.gpus,
    mpiprocs: shape.ranks > 0 ? (numnodes - loneNodes) * shape.ranks + loneNodes : null,
    ompthreads: shape.threadsAreJobWide ? shape.threads : null,
    cpuType: shape.typesAreJobWide ? shape.cpuType : null,
    gpuType: shape.typesAreJobWide && shape.gpus > 0 ? shape.gpuType : null,
    reqmemBytes: numnodes * shape.memoryGb * GIBIBYTE,
    resources: chunks.join('+'),
  };
}

function chunkText(shape: NodeShape, nodes: number, ranks: number, threads: number): string {
  const memory = `mem=${shape.memoryGb}${shape.memoryUnit}`;
  const parts = [String(nodes), `ncpus=${shape.cores}`];
  if (shape.ranks > 0) parts.push(`mpiprocs=${ranks}`);
  if (shape.cpuType !== null && !shape.typesAreJobWide) parts.push(`cpu_type=${shape.cpuType}`);
  if (shape.memoryIs === 'before threads') parts.push(memory);
  if (!shape.threadsAreJobWide) parts.push(`ompthreads=${threads}`);
  if (shape.memoryIs === 'last') parts.push(memory);
  if (shape.gpus > 0) parts.push(`ngpus=${shape.gpus}`);
  if (shape.gpus > 0 && shape.gpuType !== null && !shape.typesAreJobWide) {
    parts.push(`gpu_type=${shape.gpuType}`);
  }
  return parts.join(':');
}

function preferFirst(random: SeededRandom, choices: readonly number[]): number {
  return random.chance(0.4) ? choices[0] : random.pick(choices);
}
