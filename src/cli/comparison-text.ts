import { countText, hoursText } from '../output/number-text.ts';
import { alignedTable } from '../output/table.ts';
import { visibleText } from '../output/visible-text.ts';
import {
  COMPARED,
  type ComparedPair,
  type LedgerComparison,
  type LostJob,
} from '../reports/ledger-comparison.ts';
import { utcText } from '../site/utc-text.ts';
import { shortPath } from './short-path.ts';

const LABELS = {
  jobs: 'Jobs',
  cpuHours: 'CPU hours',
  gpuHours: 'GPU hours',
  memoryHours: 'GiB-hours',
  cpuCharges: 'CPU charges',
  gpuCharges: 'GPU charges',
  memoryCharges: 'GiB charges',
} satisfies Record<(typeof COMPARED)[number], string>;

/** How a new ledger compares with the old one, for people: all in all, and each month that is not the same. */
export function comparisonText(comparison: LedgerComparison): string {
  const { months, total, lost, gainedJobs } = comparison;
  const differing = months.filter((month) => differs(month));
  const rows = [
    ...rowsOf('all', total, COMPARED),
    ...differing.flatMap((pair) =>
      rowsOf(
        pair.month,
        pair,
        COMPARED.filter((figure) => pair.old[figure] !== pair.new[figure]),
      ),
    ),
  ];
  const table = alignedTable(['Month', '', 'Old', 'New', 'Difference'], rows, [
    'left',
    'left',
    'right',
    'right',
    'right',
  ]);
  const alike = months.length - differing.length;
  return [
    table,
    '',
    `Months that are the same: ${countText(alike)} of ${countText(months.length)}`,
    `Jobs only in the old ledger: ${countText(lost.jobs)}; only in the new one: ${countText(gainedJobs)}`,
    ...lostLines(lost),
  ].join('\n');
}

function differs(pair: ComparedPair): boolean {
  return COMPARED.some((figure) => pair.old[figure] !== pair.new[figure]);
}

function rowsOf(
  month: string,
  pair: ComparedPair,
  figures: readonly (typeof COMPARED)[number][],
): string[][] {
  return figures.map((figure, i) => {
    const text = figure === 'jobs' ? countText : hoursText;
    const [before, after] = [pair.old[figure], pair.new[figure]];
    return [
      i === 0 ? month : '',
      LABELS[figure],
      text(before),
      text(after),
      differenceText(after - before, text),
    ];
  });
}

/** A difference too small for the digits that are shown must not look like none. */
function differenceText(difference: number, text: (value: number) => string): string {
  const sign = difference < 0 ? '-' : '+';
  const size = Math.abs(difference);
  if (size === 0) return text(0);
  return `${sign}${text(size) === text(0) ? size.toExponential(1) : text(size)}`;
}

function lostLines({ jobs, files, examples }: LedgerComparison['lost']): string[] {
  if (jobs === 0) return [];
  return [
    '',
    'Lost jobs came from:',
    ...files.map((file) => `  ${shortPath(file.path)}: ${countText(file.jobs)}`),
    'Such as:',
    ...examples.map((job) => `  ${lostText(job)}`),
  ];
}

function lostText({ jobId, user, queue, end, path, line }: LostJob): string {
  const what = visibleText(`${jobId} of ${user} in ${queue}`);
  return `${what}, ended ${utcText(end)}, ${shortPath(path)}:${line}`;
}
