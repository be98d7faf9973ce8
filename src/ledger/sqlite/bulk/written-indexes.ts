import { OWNER_INDEXES } from './write-index.ts';
import { UNIQUE_INDEX } from './write-unique-index.ts';

/** The indexes that are written as pages; SQLite builds all others. */
export const WRITTEN_INDEXES: readonly string[] = [
  UNIQUE_INDEX,
  ...OWNER_INDEXES.map(({ name }) => name),
];
