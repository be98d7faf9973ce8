/**
 * How many bytes of a record of this size stay in a page; the rest is in a chain of other pages.
 * SQLite file format, section 1.6.
 * @param most the size of the longest record that has no other pages.
 */
export function localSize(size: number, usableSize: number, most: number): number {
  if (size <= most) return size;
  const least = Math.floor(((usableSize - 12) * 32) / 255) - 23;
  const local = least + ((size - least) % (usableSize - 4));
  return local <= most ? local : least;
}

/** The size of the longest record that a leaf page of a table holds whole. */
export function mostLocal(usableSize: number): number {
  return usableSize - 35;
}
