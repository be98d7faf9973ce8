import type Database from 'better-sqlite3';
import { compileGlob } from '../../../charging/glob.ts';
import { parseLocalDay } from '../../../site/local-day.ts';
import type { ZoneClock } from '../../../site/zone-clock.ts';

/** Which jobs are asked for; all of them where nothing is given. */
export interface JobRange {
  /** Site-local days of the job's end, `YYYY-MM-DD`, inclusive. */
  readonly from?: string;
  readonly to?: string;
  /** Globs of names. */
  readonly queue?: string;
  readonly account?: string;
}

/** The same as a ledger knows it: plain data that crosses threads. Undefined is open. */
export interface JobSelection {
  /** Epoch seconds; the last one is excluded. */
  readonly fromEnd?: number;
  readonly untilEnd?: number;
  readonly queueIds?: readonly number[];
  readonly accountIds?: readonly number[];
}

/** The ids between which all jobs of a selection are; the first is above the last where there are none. */
export interface IdSpan {
  readonly firstId: number;
  readonly lastId: number;
}

export function selectJobs(db: Database.Database, range: JobRange, clock: ZoneClock): JobSelection {
  const { from, to, queue, account } = range;
  return {
    ...(from === undefined ? {} : { fromEnd: clock.dayStart(parseLocalDay(from)) }),
    ...(to === undefined ? {} : { untilEnd: clock.dayStart(parseLocalDay(to) + 1) }),
    ...(queue === undefined ? {} : { queueIds: idsOf(db, 'queues', 'queue_name', queue) }),
    ...(account === undefined
      ? {}
      : { accountIds: idsOf(db, 'accounts', 'account_name', account) }),
  };
}

/** The selection as a condition on `jobs j`. */
function selectionSql(selection: JobSelection): string {
  const { fromEnd, untilEnd, queueIds, accountIds } = selection;
  return [
    'true',
    ...(fromEnd === undefined ? [] : [`j."end" >= ${fromEnd}`]),
    ...(untilEnd === undefined ? [] : [`j."end" < ${untilEnd}`]),
    ...(queueIds === undefined ? [] : [`j.queue_id IN (${queueIds.join()})`]),
    ...(accountIds === undefined ? [] : [`j.account_id IN (${accountIds.join()})`]),
  ].join(' AND ');
}

/** The same as a test of a job's end, queue and account. */
export function selectionTest({
  fromEnd = Number.NEGATIVE_INFINITY,
  untilEnd = Number.POSITIVE_INFINITY,
  queueIds,
  accountIds,
}: JobSelection): (end: number, queueId: number, accountId: number) => boolean {
  const queues = queueIds === undefined ? undefined : new Set(queueIds);
  const accounts = accountIds === undefined ? undefined : new Set(accountIds);
  return (end, queueId, accountId) =>
    end >= fromEnd &&
    end < untilEnd &&
    queues?.has(queueId) !== false &&
    accounts?.has(accountId) !== false;
}

/** History comes almost in the order of its end, so that the span of some days is little wider than they are. */
export function idSpan(db: Database.Database, selection: JobSelection): IdSpan {
  const isOpen = Object.keys(selection).length === 0;
  // The ends of the table are known at once. Else only an index is read: by queue, or by queue and account.
  const accounts = selection.accountIds === undefined ? '' : 'CROSS JOIN accounts a';
  const ofAccount = selection.accountIds === undefined ? '' : 'AND j.account_id = a.id';
  const span = db
    .prepare<[], { firstId: number | null; lastId: number | null }>(
      isOpen
        ? 'SELECT (SELECT min(id) FROM jobs) AS firstId, (SELECT max(id) FROM jobs) AS lastId'
        : `SELECT min(j.id) AS firstId, max(j.id) AS lastId
           FROM queues q ${accounts} CROSS JOIN jobs j ON j.queue_id = q.id ${ofAccount}
           WHERE ${selectionSql(selection)}`,
    )
    .get();
  return { firstId: span?.firstId ?? 1, lastId: span?.lastId ?? 0 };
}

function idsOf(
  db: Database.Database,
  table: 'queues' | 'accounts',
  column: string,
  glob: string,
): number[] {
  const matches = compileGlob(glob);
  return db
    .prepare<[], { id: number; name: string }>(`SELECT id, ${column} AS name FROM ${table}`)
    .all()
    .filter(({ name }) => matches(name))
    .map(({ id }) => id);
}
