/** Why the packing of rows has stopped, for both sides. */
export const ALL_PACKED = 0;
/** The finished pages are to be written to the file, and others take their place. */
export const PAGES_FULL = 1;
/** The row does not fit a page; what is left of it is to be written to a chain of pages. */
export const ROW_TOO_LONG = 2;
