import { IDS_PER_OWNER } from './job-owners.ts';

/** Positions in an owner's ids. */
export const OWNER_ID = { user: 0, account: 1, queue: 2 } as const;
export type OwnerId = keyof typeof OWNER_ID;

/** For each owner its place among the distinct values of the columns; owners with equal values share one. */
export function ownerRanks(ownerIds: Int32Array, columns: readonly OwnerId[]): Int32Array {
  const compare = (a: number, b: number): number => {
    for (const column of columns) {
      const difference =
        ownerIds[a * IDS_PER_OWNER + OWNER_ID[column]] -
        ownerIds[b * IDS_PER_OWNER + OWNER_ID[column]];
      if (difference !== 0) return difference;
    }
    return 0;
  };
  const count = ownerIds.length / IDS_PER_OWNER;
  const sorted = Array.from({ length: count }, (_, owner) => owner).sort(compare);
  const ranks = new Int32Array(count);
  for (let i = 1, rank = 0; i < count; i++) {
    if (compare(sorted[i - 1], sorted[i]) !== 0) rank++;
    ranks[sorted[i]] = rank;
  }
  return ranks;
}
