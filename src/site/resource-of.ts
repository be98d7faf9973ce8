import { compileGlob } from '../charging/glob.ts';
import type { MachineFacts, Resource } from './machine-facts.ts';

export type QueueResource = Resource | 'other';

/**
 * Tells of any queue which resource its jobs use. A queue that fits the globs of both is of GPUs: nodes with GPUs
 * have CPUs too, so that `cpu = "*"` can stand for all that are left. One that fits neither is `other`.
 */
export function resourceOf({
  resources,
}: Pick<MachineFacts, 'resources'>): (queueName: string) => QueueResource {
  const isGpu = anyOf(resources.gpu.queues);
  const isCpu = anyOf(resources.cpu.queues);
  return (queueName) => {
    if (isGpu(queueName)) return 'gpu';
    return isCpu(queueName) ? 'cpu' : 'other';
  };
}

function anyOf(globs: readonly string[]): (name: string) => boolean {
  const matches = globs.map(compileGlob);
  return (name) => matches.some((isMatch) => isMatch(name));
}
