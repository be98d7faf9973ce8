const JOB_ID = /^\d+(\[\d*\])?(\.\S+)?$/;
/** A time of day, or the epoch seconds that an array as a whole keeps. */
const TIME = /^(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d|\d{9,10})$/;

/**
 * Whether the first line of a file is a row of an export without a header (`--noheader`): it has an id and
 * two times, submission and end, which no row lacks.
 */
export function looksLikeHeaderlessExport(line: string): boolean {
  const fields = line.split(',');
  return fields.some((field) => JOB_ID.test(field)) && fields.filter(isTime).length >= 2;
}

function isTime(field: string): boolean {
  return TIME.test(field);
}
