import { cutToWidth, displayWidth } from './display-width.ts';

const GAP = 2;
/** Less than this tells one name from the next too seldom. */
const LEAST_WIDTH = 6;

/**
 * Cuts the columns that may be cut, widest first, until all of them fit beside each other. A column keeps its
 * heading. Where lines stay too long whatever is cut, nothing is: it would only be lost.
 */
export function fitCells(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  mayCut: readonly boolean[],
  width: number,
): readonly (readonly string[])[] {
  const widths = head.map((label, i) =>
    rows.reduce((most, row) => Math.max(most, displayWidth(row[i])), displayWidth(label)),
  );
  const least = head.map((label) => Math.max(displayWidth(label), LEAST_WIDTH));
  let excess = widths.reduce((sum, each) => sum + each + GAP, -GAP) - width;
  while (excess > 0) {
    const widest = widestOf(widths, (i) => mayCut[i] && widths[i] > least[i]);
    if (widest === undefined) return rows;
    widths[widest] -= 1;
    excess -= 1;
  }
  return rows.map((row) => row.map((cell, i) => (mayCut[i] ? cutToWidth(cell, widths[i]) : cell)));
}

function widestOf(
  widths: readonly number[],
  isCandidate: (place: number) => boolean,
): number | undefined {
  let widest: number | undefined;
  for (const [i, width] of widths.entries()) {
    if (isCandidate(i) && (widest === undefined || width > widths[widest])) widest = i;
  }
  return widest;
}
