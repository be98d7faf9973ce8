import { splitLabel } from '../qhist-csv/layout.ts';
import { allSpans } from '../record-span.ts';
import { Rejection } from '../reject.ts';
import { cutListRecord } from './list-fields.ts';
import { ListScanner } from './list-scanner.ts';

/**
 * The labels that most records of a list have, without their units: all of its records have the same.
 * @param head the beginning of the list; a record that is cut off by its end is left out.
 */
export function labelsOfList(head: Buffer<ArrayBuffer>): string[] {
  const counts = new Map<string, { labels: string[]; records: number }>();
  for (const { start, end, flaw } of allSpans(new ListScanner(head.toString('latin1'), false))) {
    const labels = flaw === null ? labelsOfRecord(head, start, end) : [];
    const known = counts.get(labels.join('\n')) ?? { labels, records: 0 };
    known.records++;
    counts.set(labels.join('\n'), known);
  }
  const sorted = [...counts.values()].sort((a, b) => b.records - a.records);
  return sorted.length === 0 ? [] : sorted[0].labels;
}

/** @returns none for a record that can't be read. */
function labelsOfRecord(head: Buffer<ArrayBuffer>, start: number, end: number): string[] {
  try {
    return cutListRecord(head, start, end).fields.map(({ label }) => splitLabel(label).name);
  } catch (problem) {
    if (problem instanceof Rejection) return [];
    throw problem;
  }
}
