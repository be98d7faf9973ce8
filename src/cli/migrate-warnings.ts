import type { MigrateResult } from '../../pipelines/migrate.ts';
import { countText } from '../output/number-text.ts';
import { HOURS_TOLERANCE } from '../reports/migration/compare-hours.ts';
import { rejectWarnings } from './ingest-warnings.ts';

/** What an operator must know of a migration; empty when all is as it was. */
export function migrateWarnings(old: string, result: MigrateResult): string[] {
  const { counts, rejects, unknownColumns, hours } = result;
  const warnings = rejectWarnings(rejects);
  if (counts.duplicates > 0) {
    warnings.push(
      `${countText(counts.duplicates)} rows are jobs that another row has already: same id, same submission`,
    );
  }
  if (counts.undecidedTimes > 0) {
    warnings.push(
      `${countText(counts.undecidedTimes)} jobs have a time in the repeated hour of autumn that their ` +
        'elapsed time does not decide; the earlier hour was taken',
    );
  }
  if (unknownColumns.length > 0) {
    warnings.push(`${old}: columns that the ledger keeps nothing of: ${unknownColumns.join(', ')}`);
  }
  if (hours === null) warnings.push(`${old}: it has no hours, so none were compared`);
  return [...warnings, ...differenceWarnings(result)];
}

function differenceWarnings({ hours, outcome }: MigrateResult): string[] {
  const queues = hours?.queues ?? [];
  const differing = queues.reduce((sum, queue) => sum + queue.differing, 0);
  const missing = queues.reduce((sum, queue) => sum + queue.missing, 0);
  if (differing + missing === 0) return [];
  const what = [
    ...(differing === 0
      ? []
      : [`${countText(differing)} jobs have hours that differ by more than ${HOURS_TOLERANCE}`]),
    ...(missing === 0 ? [] : [`${countText(missing)} jobs had no hours before`]),
  ];
  const ending =
    outcome === 'refused'
      ? 'the ledger was not put into service. Is it the right --machine, and are its charge rules those of ' +
        'the time before? If the new hours are right, run it with --allow-differences'
      : 'the ledger is in service all the same, as --allow-differences said';
  return [`${what.join(' and ')}; ${ending}`];
}
