/**
 * How many bytes of a record of this size stay in a page; the rest is in a chain of other pages. SQLite file format,
 * section 1.6.
 * @param most bytes of a record that stays whole.
 */
export function localSize(size: usize, pageSize: usize, most: usize): usize {
  if (size <= most) return size;
  const least = ((pageSize - 12) * 32) / 255 - 23;
  const local = least + ((size - least) % (pageSize - 4));
  return local <= most ? local : least;
}
