/** Why the packing of rows or entries has stopped, for both sides. */
export const ALL_PACKED = 0;
/** The finished pages are to be written to the file, and others take their place. */
export const PAGES_FULL = 1;
/** The row does not fit a page; what is left of it is to be written to a chain of pages. */
export const ROW_TOO_LONG = 2;
/** An entry does not fit a page of an index; the rest of it is to be written to a chain of pages. */
export const ENTRY_TOO_LONG = 3;
/** A run of entries is to be read on. */
export const RUN_SHORT = 4;
/** An entry does not come after the one before it. */
export const OUT_OF_ORDER = 5;
