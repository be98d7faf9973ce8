export {
  gatherDays,
  gatherDifferences,
  gatherIds,
  gatherIncomplete,
  gatherNumbers,
  gatherOfQos,
  gatherSeconds,
} from './facts/batch-facts';
export { decodeFacts, encodeFacts, greatestFact, leastFact } from './facts/fact-columns';
export {
  beginIndex,
  beginInteriorLevel,
  finishedPages,
  packInteriorLevel,
  passPages,
} from './indexes/index-pages';
export { writeEntries } from './indexes/job-entries';
export {
  addRun,
  beginMerge,
  earlierEntry,
  laterEntry,
  packEntries,
  shortRun,
} from './indexes/merge-runs';
export { beginOwnerEntries, packOwnerEntries } from './indexes/owner-entries';
export { groupOwners, setColumn } from './indexes/owner-groups';
export { beginOrder, countRows, placeGroups, placeRows, sortGroups } from './indexes/owner-order';
export { endReading, mostRead, readTo } from './indexes/run-cursors';
export {
  endLongEntry,
  integersRest,
  integersRestBytes,
  textRest,
  textRestBytes,
} from './indexes/run-entries';
export { beginSummaryEntries, packSummaryEntries } from './indexes/summary-entries';
export * from './reading/batch';
export * from './reading/completion';
export * from './reading/marks';
export * from './reading/plain-lines';
export * from './reading/row';
export * from './reading/text-codes';
export * from './reading/times';
export { planChargeRows } from './rows/job-charge-rows';
export { planJobRows } from './rows/job-rows';
export { endLongRow, layOutLeaves, restBytes, restStart, takePages } from './rows/leaf-pages';
export { beginChargeRows, beginJobRows, packRows } from './rows/pack-rows';
export { planOwners, writeOwners } from './summary/job-owners';
export { planCells, writeCells } from './summary/summary-cells';

/** Where the memory begins that the code itself does not use. */
export function heapBase(): usize {
  return __heap_base;
}
