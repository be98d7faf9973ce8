const PAGE_BITS: i32 = 16;

/** Makes the memory reach to there, if it does not. */
export function makeRoom(end: usize): void {
  const present = (<usize>memory.size()) << PAGE_BITS;
  if (end > present) memory.grow(<i32>((end - present) >> PAGE_BITS) + 1);
}
