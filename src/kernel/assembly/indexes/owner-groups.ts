import { mergeSort } from './merge-sort';

/** User, account and queue id of an owner, 32 bits each. */
const OWNER_BYTES: usize = 12;

/** The positions in an owner's ids of those that an index is over. */
const COLUMNS = memory.data(12);
export let columnCount: usize = 0;
let ownerIds: usize = 0;
let ownerCount: usize = 0;
/** For each owner its group: owners whose ids are equal in all columns are in one, and groups are in their order. */
let groups: usize = 0;
/** For each group one of its owners. */
let examples: usize = 0;
export let groupCount: usize = 0;

export function setColumn(place: usize, position: i32): void {
  store<i32>(COLUMNS + (place << 2), position);
}

/**
 * Finds the groups of all owners.
 * @param groupsAt room for 32 bits for each owner, and so has `examplesAt`.
 * @param keys room for two words of 64 bits for each owner.
 */
export function groupOwners(
  columns: usize,
  ids: usize,
  count: usize,
  groupsAt: usize,
  examplesAt: usize,
  keys: usize,
): void {
  columnCount = columns;
  ownerIds = ids;
  ownerCount = count;
  groups = groupsAt;
  examples = examplesAt;
  // Until all are in order, the groups are which owner comes where.
  for (let i: usize = 0; i < count; i++) store<u32>(groups + (i << 2), <u32>i);
  for (let column = columns; column > 0; column--) sortBy(column - 1, keys);
  groupCount = 0;
  let last: usize = 0;
  for (let i: usize = 0; i < count; i++) {
    const owner = <usize>load<u32>(examples + (i << 2));
    if (i === 0 || !areAlike(last, owner)) {
      // Never ahead of what is still to be read.
      store<u32>(examples + (groupCount << 2), <u32>owner);
      groupCount++;
    }
    store<u32>(groups + (owner << 2), <u32>(groupCount - 1));
    last = owner;
  }
}

export function groupOf(owner: usize): usize {
  return <usize>load<u32>(groups + (owner << 2));
}

/** An id of all owners of a group. */
export function idOf(group: usize, column: usize): u32 {
  return idOfOwner(<usize>load<u32>(examples + (group << 2)), column);
}

/** Sorts the owners by a column; those with equal ids stay in the order that they had. */
function sortBy(column: usize, keys: usize): void {
  for (let i: usize = 0; i < ownerCount; i++) {
    const owner = <usize>load<u32>(groups + (i << 2));
    store<u64>(keys + (i << 3), ((<u64>idOfOwner(owner, column)) << 32) | i);
  }
  const sorted = mergeSort<u64>(keys, ownerCount << 3);
  for (let i: usize = 0; i < ownerCount; i++) {
    const from = <usize>load<u32>(sorted + (i << 3));
    store<u32>(examples + (i << 2), load<u32>(groups + (from << 2)));
  }
  memory.copy(groups, examples, ownerCount << 2);
}

function areAlike(owner: usize, other: usize): bool {
  for (let column: usize = 0; column < columnCount; column++) {
    if (idOfOwner(owner, column) !== idOfOwner(other, column)) return false;
  }
  return true;
}

function idOfOwner(owner: usize, column: usize): u32 {
  const position = <usize>load<u32>(COLUMNS + (column << 2));
  return load<u32>(ownerIds + owner * OWNER_BYTES + (position << 2));
}
