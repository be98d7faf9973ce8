import type { ReadResult } from '../../pipelines/read-result.ts';
import { countText } from '../output/number-text.ts';
import type { RejectGroup } from '../reports/rejects-by-code.ts';
import { shortPath } from './short-path.ts';

/** What an operator should look at even where all else is quiet; empty when all is well. */
export function ingestWarnings(result: ReadResult, missingDays: readonly string[]): string[] {
  return [
    ...result.unreadable.map(({ problem }) => problem.message),
    ...(missingDays.length === 0
      ? []
      : [`there is no file for ${missingDays.length} of the days: ${listed(missingDays)}`]),
    ...result.files.flatMap((file) => fileWarnings(file)),
    ...timeWarnings(result),
  ];
}

/** The same for rejects, where no table tells of them. */
export function rejectWarnings(rejects: readonly RejectGroup[]): string[] {
  return rejects.map(
    ({ code, count, path, line, reason }) =>
      `${countText(count)} rejected as ${code}, first ${shortPath(path)}:${line}: ${reason}`,
  );
}

function fileWarnings({
  path,
  action,
  unknownLabels,
  unfinishedBytes,
}: ReadResult['files'][number]): string[] {
  const warnings = [];
  if (unknownLabels.length > 0) {
    warnings.push(`${path}: columns that the ledger keeps nothing of: ${unknownLabels.join(', ')}`);
  }
  if (action === 'replaced') {
    warnings.push(
      `${path}: its content is not what was read before under this name; it was read as a whole`,
    );
  }
  if (unfinishedBytes > 0) {
    warnings.push(
      `${path}: its last record is still being written and was left for the next run (${unfinishedBytes} bytes)`,
    );
  }
  return warnings;
}

function timeWarnings({ totals }: ReadResult): string[] {
  const { undecidedTimes, repairedLines } = totals;
  const warnings = [];
  if (undecidedTimes > 0) {
    warnings.push(
      `${countText(undecidedTimes)} jobs have a time in the repeated hour of autumn that their ` +
        'elapsed time does not decide; the earlier hour was taken',
    );
  }
  if (repairedLines > 0) {
    warnings.push(
      `${countText(repairedLines)} ${repairedLines === 1 ? 'line has' : 'lines have'} a comma in a text, ` +
        'which qhist does not quote; there was one way to read it, and it was taken',
    );
  }
  return warnings;
}

function listed(days: readonly string[]): string {
  const shown = days.slice(0, 5).join(', ');
  return days.length > 5 ? `${shown} and more` : shown;
}
