/** How the jobs of a queue are charged, for both sides: two bits each for CPUs, GPUs and memory; 0 is not at all. */
export const TERM_BITS = 3;
export const CPU_SHIFT = 0;
export const GPU_SHIFT = 2;
export const MEMORY_SHIFT = 4;
export const BY_COUNT = 1;
export const BY_NODE = 2;
export const MEMORY_REQUESTED = 1;
export const MEMORY_USED = 2;
/** By a rule that only the compiled rules know. */
export const CHARGED_IN_JAVASCRIPT = -1;
