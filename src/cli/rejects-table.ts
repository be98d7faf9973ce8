import { countText } from '../output/number-text.ts';
import { alignedTable } from '../output/table.ts';
import { visibleText } from '../output/visible-text.ts';
import type { RejectGroup } from '../reports/rejects-by-code.ts';
import { shortPath } from './short-path.ts';

/** How many lines were rejected and why, with an example of each. */
export function rejectsTable(rejects: readonly RejectGroup[]): string {
  return alignedTable(
    ['Rejects', 'Code', 'First example'],
    rejects.map(({ code, count, path, line, reason }) => [
      countText(count),
      code,
      visibleText(`${shortPath(path)}:${line}: ${reason}`),
    ]),
    ['right', 'left', 'left'],
  );
}
