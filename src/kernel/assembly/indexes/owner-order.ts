import { makeRoom } from '../memory-room';
import { mergeSort } from './merge-sort';
import { groupCount, groupOf } from './owner-groups';

/** An end and a row id in one number, which is in the order of both. */
const ROW_BYTES: usize = 8;

/** All rows, group after group; and for each group, 32 bits each, how many rows end with it. */
let order: usize = 0;
let groupEnds: usize = 0;

/** @param endsAt room for 32 bits for each group and one more. */
export function beginOrder(orderAt: usize, endsAt: usize): void {
  order = orderAt;
  groupEnds = endsAt;
  memory.fill(endsAt, 0, (groupCount + 1) << 2);
}

/** Counts the rows of a block, whose owners stand there, 32 bits each. */
export function countRows(owners: usize, count: usize): void {
  const end = owners + (count << 2);
  for (let at = owners; at < end; at += 4) {
    const counted = groupEnds + ((groupOf(<usize>load<u32>(at)) + 1) << 2);
    store<u32>(counted, load<u32>(counted) + 1);
  }
}

/** Now that all rows are counted, each group gets its place. */
export function placeGroups(): void {
  let rows: u32 = 0;
  for (let group: usize = 0; group <= groupCount; group++) {
    const at = groupEnds + (group << 2);
    rows += load<u32>(at);
    store<u32>(at, rows);
  }
}

/** Puts the rows of a block into their groups; where all are, what was the start of a group has come to its end. */
export function placeRows(firstRowId: u32, ends: usize, owners: usize, count: usize): void {
  for (let i: usize = 0; i < count; i++) {
    const next = groupEnds + (groupOf(<usize>load<u32>(owners + (i << 2))) << 2);
    const place = load<u32>(next);
    store<u32>(next, place + 1);
    const end = <u64>load<u32>(ends + (i << 2));
    store<u64>(order + ((<usize>place) << 3), (end << 32) | (<u64>firstRowId + i));
  }
}

/** @param aside where rows are kept meanwhile, with nothing behind it: the memory grows if need be. */
export function sortGroups(aside: usize): void {
  let start = order;
  for (let group: usize = 0; group < groupCount; group++) {
    const end = groupEnd(group);
    sortGroup(start, end, aside);
    start = end;
  }
}

export function groupEnd(group: usize): usize {
  return order + ((<usize>load<u32>(groupEnds + (group << 2))) << 3);
}

/** History comes almost sorted by end, so the rows that are late are mostly few: they alone are sorted, and merged. */
function sortGroup(start: usize, end: usize, aside: usize): void {
  let latest: u64 = 0;
  let kept = start;
  let asideEnd = aside;
  for (let at = start; at < end; at += ROW_BYTES) {
    const row = load<u64>(at);
    if (row < latest) {
      makeRoom(asideEnd + ROW_BYTES);
      store<u64>(asideEnd, row);
      asideEnd += ROW_BYTES;
    } else {
      store<u64>(kept, row);
      kept += ROW_BYTES;
      latest = row;
    }
  }
  const lateBytes = asideEnd - aside;
  if (lateBytes === 0) return;
  makeRoom(asideEnd + lateBytes);
  const late = mergeSort<u64>(aside, lateBytes);
  let lateEnd = late + lateBytes;
  for (let to = end - ROW_BYTES; lateEnd > late; to -= ROW_BYTES) {
    const row = load<u64>(lateEnd - ROW_BYTES);
    if (kept > start && load<u64>(kept - ROW_BYTES) > row) {
      kept -= ROW_BYTES;
      store<u64>(to, load<u64>(kept));
    } else {
      store<u64>(to, row);
      lateEnd -= ROW_BYTES;
    }
  }
}
