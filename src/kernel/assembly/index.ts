export * from './plain-lines';

/** Where the memory begins that the code itself does not use. */
export function heapBase(): usize {
  return __heap_base;
}
