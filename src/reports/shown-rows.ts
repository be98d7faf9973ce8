import { PERIODS } from './period.ts';
import type { Report } from './report.ts';

/** Rows of a table for people, and what to say of those that are left out. */
export interface ShownRows {
  readonly rows: Report['rows'];
  readonly note: string | null;
}

/**
 * So many rows of a report of one machine: the first, but where it goes through time the newest period or periods,
 * for that is where one looks.
 */
export function shownRows({ columns, rows }: Report, most: number): ShownRows {
  if (rows.length <= most) return { rows, note: null };
  if (!PERIODS.some((period) => columns[0].key === period)) {
    return { rows: rows.slice(0, most), note: `The first ${most} of ${count(rows.length)} rows.` };
  }
  const newest = rows[rows.length - 1][0];
  const ofNewest = rows.filter(([period]) => period === newest);
  if (ofNewest.length === 1) {
    return { rows: rows.slice(-most), note: `The last ${most} of ${count(rows.length)} rows.` };
  }
  const shown = ofNewest.slice(0, most);
  return {
    rows: shown,
    note: `The first ${shown.length} of ${count(ofNewest.length)} rows of ${newest}; the report has ${count(rows.length)} in all.`,
  };
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}
