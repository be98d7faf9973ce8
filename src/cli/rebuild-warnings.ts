import type { RebuildResult } from '../../pipelines/rebuild.ts';
import { countText } from '../output/number-text.ts';

/** What an operator must know of a swap, or of one that was not made. */
export function rebuildWarnings({ outcome, comparison, incomparable }: RebuildResult): string[] {
  const lost = comparison?.lost.jobs ?? 0;
  if (lost === 0 && incomparable === null) return [];
  const what =
    incomparable === null
      ? `jobs of the old ledger that the new one lacks: ${countText(lost)}`
      : `whether jobs are lost can't be told: ${incomparable}`;
  return [`${what}${ENDINGS[outcome]}`];
}

const ENDINGS = {
  'in service': '. The new one is in service all the same, as --allow-loss said',
  compared: '. The old one stays in service, as this was a dry run',
  refused:
    '. The old one stays in service. Name the files that they came from too, or add --allow-loss',
} satisfies Record<RebuildResult['outcome'], string>;
