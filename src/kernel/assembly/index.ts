export * from './batch';
export {
  gatherDays,
  gatherDifferences,
  gatherIds,
  gatherIncomplete,
  gatherNumbers,
  gatherOfQos,
  gatherSeconds,
} from './batch-facts';
export * from './completion';
export { decodeFacts, encodeFacts, greatestFact, leastFact } from './fact-columns';
export {
  beginIndex,
  beginInteriorLevel,
  finishedPages,
  packInteriorLevel,
  passPages,
} from './index-pages';
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
export {
  addRun,
  beginMerge,
  earlierEntry,
  laterEntry,
  packEntries,
  shortRun,
} from './merge-runs';
export { beginOwnerEntries, packOwnerEntries } from './owner-entries';
export { groupOwners, setColumn } from './owner-groups';
export { beginOrder, countRows, placeGroups, placeRows, sortGroups } from './owner-order';
export * from './plain-lines';
export * from './row';
export { endReading, mostRead, readTo } from './run-cursors';
export {
  endLongEntry,
  integersRest,
  integersRestBytes,
  textRest,
  textRestBytes,
} from './run-entries';
export { planCells, writeCells } from './summary-cells';
export { beginSummaryEntries, packSummaryEntries } from './summary-entries';
export * from './text-codes';
export * from './times';

/** Where the memory begins that the code itself does not use. */
export function heapBase(): usize {
  return __heap_base;
}
