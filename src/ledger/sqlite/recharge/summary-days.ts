import type Database from 'better-sqlite3';
import { formatLocalDay } from '../../../site/local-day.ts';
import { ownerRanks } from '../bulk/owner-ranks.ts';
import type { SummaryCell, SummaryCells } from '../bulk/summary-cells.ts';
import type { ChargeValue } from './changed-rows.ts';
import { SummaryRows } from './summary-rows.ts';
import { SummaryUpdates } from './summary-updates.ts';

/** What a pass over jobs has added up. */
export interface PassSums {
  /** By the codes of the owners. */
  readonly cells: SummaryCells;
  /** IDS_PER_OWNER for each owner's code. */
  readonly ownerIds: Int32Array;
  /** Whether the pass has seen all jobs of a day, and not only those of some queues or accounts. */
  readonly sawWholeDays: boolean;
  /** The values of charges that it has found to be others for some job. */
  readonly differing: ReadonlySet<ChargeValue>;
}

/**
 * Writes the summary of the days that are stale now from the sums of a pass over their jobs, one transaction a
 * day. A cell of the summary is of one queue and one account, so that the pass has seen all of it or none.
 * @param staleBefore days that were stale before the pass: their jobs may be others than those of the summary,
 * and a pass that has not seen whole days leaves them.
 */
export function writeSummaryDays(
  db: Database.Database,
  { cells, ownerIds, sawWholeDays, differing }: PassSums,
  staleBefore: ReadonlySet<string>,
): void {
  const stale = new Set(staleDays(db));
  const rows = new SummaryRows(db, ownerIds);
  const updates = new SummaryUpdates(db, ownerIds, differing);
  const markFresh = db.prepare<[string]>('DELETE FROM stale_days WHERE date = ?');
  const writeDay = db.transaction((date: string, ofDay: readonly SummaryCell[]) => {
    if (!sawWholeDays) rows.write(date, ofDay);
    else if (staleBefore.has(date) || !updates.write(date, ofDay)) rows.replace(date, ofDay);
    markFresh.run(date);
  });
  for (const [day, ofDay] of byDay(cells, ownerRanks(ownerIds, ['user', 'account', 'queue']))) {
    const date = formatLocalDay(day);
    if (!stale.has(date) || (staleBefore.has(date) && !sawWholeDays)) continue;
    writeDay.immediate(date, ofDay);
  }
}

export function staleDays(db: Database.Database): string[] {
  return db.prepare<[], string>('SELECT date FROM stale_days ORDER BY date').pluck().all();
}

function* byDay(cells: SummaryCells, ranks: Int32Array): Generator<[number, SummaryCell[]]> {
  let ofDay: SummaryCell[] = [];
  for (const cell of cells.takeBefore(Number.POSITIVE_INFINITY, ranks)) {
    if (ofDay.length > 0 && ofDay[0].day !== cell.day) {
      yield [ofDay[0].day, ofDay];
      ofDay = [];
    }
    ofDay.push(cell);
  }
  if (ofDay.length > 0) yield [ofDay[0].day, ofDay];
}
