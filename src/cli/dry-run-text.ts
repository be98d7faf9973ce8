import type { tryIngest } from '../../pipelines/ingest.ts';
import { countText } from '../output/number-text.ts';
import { shortPath } from './short-path.ts';

const HEADINGS = {
  insert: 'Would be inserted',
  update: 'Would be updated',
  duplicate: 'Known, would stay as they are',
  reject: 'Would be rejected',
} as const;

/** What a dry run has found, for people. */
export function dryRunText(
  ledger: string,
  { files, unchanged, totals, examples, seconds }: Awaited<ReturnType<typeof tryIngest>>,
): string {
  const counts = {
    insert: totals.jobs,
    update: totals.updated,
    duplicate: totals.duplicates,
    reject: totals.rejects,
  };
  const kinds = ['insert', 'update', 'duplicate', 'reject'] as const;
  return [
    `Dry run: nothing was written to ${ledger}.`,
    `Read ${countText(totals.lines)} lines of ${countText(files.length)} files in ${seconds.toFixed(2)} s; ` +
      `${countText(unchanged.length)} files have not changed and would be passed over.`,
    ...kinds.flatMap((kind) => [
      '',
      `${HEADINGS[kind]}: ${countText(counts[kind])}`,
      ...examples
        .filter((example) => example.kind === kind)
        .map(({ path, line, what }) => `  ${shortPath(path)}:${line}: ${what}`),
    ]),
    '',
    '',
  ].join('\n');
}
