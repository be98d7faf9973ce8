import { createHash } from 'node:crypto';
import type { JobFilter } from './job-filter.ts';
import type { JobOrder } from './search-jobs.ts';

/** Where a page ended: the value that jobs are ordered by, and the id that tells equal ones apart. */
export interface PagePlace {
  readonly value: string | number | null;
  readonly id: number;
  /** Whether the page before that place is wanted, and not the one after it. */
  readonly backwards: boolean;
}

/** A cursor is of another search, or none at all. */
export class CursorError extends Error {
  override readonly name = 'CursorError';
}

/** A text that stands for a place in the results of one search, and of no other. */
export function cursorText(place: PagePlace, filter: JobFilter, order: JobOrder): string {
  const { value, id, backwards } = place;
  const content = [searchMark(filter, order), value, id, backwards ? 1 : 0];
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

/** @throws CursorError */
export function readCursor(text: string, filter: JobFilter, order: JobOrder): PagePlace {
  const content = parsed(text);
  const [mark, value, id, backwards] = content;
  const isSound =
    (value === null || typeof value === 'string' || typeof value === 'number') &&
    typeof id === 'number';
  if (!isSound) throw new CursorError('it is no cursor of a search');
  if (mark !== searchMark(filter, order)) {
    throw new CursorError('it belongs to a search with other filters or another order');
  }
  return { value, id, backwards: backwards === 1 };
}

function parsed(text: string): unknown[] {
  try {
    const content: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(content) ? content : [];
  } catch {
    return [];
  }
}

function searchMark(filter: JobFilter, order: JobOrder): string {
  const sorted = Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([sorted, order]))
    .digest('base64url')
    .slice(0, 12);
}
