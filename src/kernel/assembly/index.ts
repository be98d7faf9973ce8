export * from './batch';
export * from './completion';
export {
  beginChargeRows,
  packChargeRows,
  planChargeRows,
} from './job-charge-rows';
export { writeEntries } from './job-entries';
export { planOwners, writeOwners } from './job-owners';
export { beginJobRows, packJobRows, planJobRows } from './job-rows';
export { endLongRow, layOutLeaves, restBytes, restStart, takePages } from './leaf-pages';
export * from './marks';
export * from './plain-lines';
export * from './row';
export { planCells, writeCells } from './summary-cells';
export * from './text-codes';
export * from './times';

/** Where the memory begins that the code itself does not use. */
export function heapBase(): usize {
  return __heap_base;
}
