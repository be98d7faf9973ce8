import type Database from 'better-sqlite3';
import { formatLocalDay, parseLocalDay } from '../../site/local-day.ts';
import { counted } from './counted.ts';
import { clockOf } from './machine-check.ts';
import { MENDS } from './mends.ts';
import { staleDays } from './stale-days.ts';
import { SUMMARY_MEASURES, type SummaryRow, SummaryRows } from './summary-rows.ts';
import type { Problem, VerifyCheck } from './verify-check.ts';

type Kind = 'missing' | 'surplus' | 'wrong';

export const summaryCheck: VerifyCheck = {
  name: 'summary',
  sound: 'the daily summary is that of the jobs, to the last bit',
  *run(db) {
    const rows = new SummaryRows(db);
    const clock = clockOf(db);
    const found = new Map<Kind, { count: number; example: string }>();
    const add = (kind: Kind, example: () => string): void => {
      const known = found.get(kind);
      if (known === undefined) found.set(kind, { count: 1, example: example() });
      else known.count++;
    };
    const stale = staleDays(db);
    const [days, noDays] = partition(rows.storedDates());
    for (const day of union(days, rows.jobDays(clock))) {
      const date = formatLocalDay(day);
      if (stale.has(date)) continue;
      const stored = rows.stored(date);
      for (const [key, fresh] of rows.fresh(clock.dayStart(day), clock.dayStart(day + 1))) {
        const row = stored.get(key);
        stored.delete(key);
        if (row === undefined) add('missing', () => cellText(db, date, fresh));
        else if (SUMMARY_MEASURES.some((name) => row[name] !== fresh[name])) {
          add('wrong', () => `${cellText(db, date, row)}: ${differencesText(row, fresh)}`);
        }
      }
      for (const row of stored.values()) add('surplus', () => cellText(db, date, row));
    }
    if (noDays.length > 0) {
      yield {
        text: `${counted(noDays.length, 'date is', 'dates are')} none of YYYY-MM-DD, such as "${noDays[0]}"`,
        mend: MENDS.summary,
      };
    }
    yield* problemsOf(found);
  },
};

function* problemsOf(
  found: ReadonlyMap<Kind, { count: number; example: string }>,
): Generator<Problem> {
  const texts = {
    wrong: ['row differs from its jobs', 'rows differ from their jobs'],
    missing: ['row is missing', 'rows are missing'],
    surplus: ['row has no jobs', 'rows have no jobs'],
  } as const;
  for (const [kind, { count, example }] of found) {
    const [one, several] = texts[kind];
    yield { text: `${counted(count, one, several)}, such as ${example}`, mend: MENDS.summary };
  }
}

function differencesText(row: SummaryRow, fresh: SummaryRow): string {
  return SUMMARY_MEASURES.filter((name) => row[name] !== fresh[name])
    .map((name) => `${name} is ${row[name]}, of its jobs ${fresh[name]}`)
    .join(', ');
}

function cellText(
  db: Database.Database,
  date: string,
  { user_id, account_id, queue_id }: SummaryRow,
): string {
  const names = db
    .prepare<[number, number, number], (string | null)[]>(
      `SELECT (SELECT username FROM users WHERE id = ?),
         (SELECT account_name FROM accounts WHERE id = ?),
         (SELECT queue_name FROM queues WHERE id = ?)`,
    )
    .raw()
    .get(user_id, account_id, queue_id);
  const [user, account, queue] = (names ?? []).map((name) => name ?? 'unknown');
  return `${date}, user ${user}, account ${account}, queue ${queue}`;
}

function partition(dates: readonly string[]): [number[], string[]] {
  const days: number[] = [];
  const noDays: string[] = [];
  for (const date of dates) {
    const day = parseLocalDay(date);
    if (Number.isNaN(day)) noDays.push(date);
    else days.push(day);
  }
  return [days, noDays];
}

function union(a: Iterable<number>, b: Iterable<number>): number[] {
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}
