export * from './batch';
export * from './plain-lines';
export * from './row';
export * from './text-codes';
export * from './times';

/** Where the memory begins that the code itself does not use. */
export function heapBase(): usize {
  return __heap_base;
}
