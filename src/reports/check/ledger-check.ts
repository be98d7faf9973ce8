import type Database from 'better-sqlite3';
import { ledgerMachine } from '../../ledger/sqlite/ledger-machine.ts';
import { formatLocalDay } from '../../site/local-day.ts';
import { utcText } from '../../site/utc-text.ts';
import { ZoneClock } from '../../site/zone-clock.ts';
import { zoneTable } from '../../site/zone-table.ts';
import { type CheckFacts, checkFacts } from './check-facts.ts';
import { checkWindow } from './check-window.ts';
import { missingDaysOf, oddDaysOf } from './judge-days.ts';
import { judgeLedger } from './judge-ledger.ts';
import { type CheckLine, type Verdict, worstOf } from './verdict.ts';

export interface CheckQuestion {
  readonly maxAgeSeconds: number;
  /** Local days, inclusive; the last 60 where left out. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Epoch seconds UTC. */
  readonly now: number;
}

/** The figures behind a check; null where there is nothing to count from. */
export interface CheckFigures {
  readonly newestEnd: string | null;
  readonly lastIngest: {
    readonly run: number;
    readonly finishedAt: string;
    readonly lines: number;
    readonly rejects: number;
  } | null;
  /** Failed, interrupted or without end, and no complete one since. */
  readonly openRuns: readonly number[];
  readonly missingDays: readonly string[];
  readonly oddDays: readonly {
    readonly day: string;
    readonly jobs: number;
    readonly usual: number;
  }[];
  readonly unreadFiles: readonly string[];
  readonly staleDays: number;
}

export interface LedgerCheck {
  readonly ledger: string;
  readonly machine: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly verdict: Verdict;
  readonly checks: readonly CheckLine[];
  /** Null where the ledger could not be read. */
  readonly figures: CheckFigures | null;
}

/** Whether a ledger is fresh and whole, and what to do where it is not. */
export function ledgerCheck(db: Database.Database, question: CheckQuestion): LedgerCheck {
  const owner = ledgerMachine(db);
  // Nothing was ever written to a ledger without a machine: its days are of no zone.
  const clock = new ZoneClock(zoneTable(owner?.timeZone ?? 'UTC'));
  const { now, maxAgeSeconds } = question;
  const window = checkWindow(question, clock, now);
  const facts = checkFacts(db, window);
  const { lastIngest } = facts;
  const completeThrough = lastIngest === null ? null : clock.localDay(lastIngest.startedAt) - 1;
  const context = { window, now, maxAgeSeconds, completeThrough };
  const checks = judgeLedger(facts, context);
  return {
    ledger: db.name,
    machine: owner?.machine ?? 'unknown',
    from: formatLocalDay(window.from),
    to: formatLocalDay(window.to),
    verdict: worstOf(checks.map(({ verdict }) => verdict)),
    checks,
    figures: figures(facts, missingDaysOf(facts, context), oddDaysOf(facts, context)),
  };
}

function figures(
  { newestEnd, lastIngest, openRuns, unreadFiles, staleDays }: CheckFacts,
  missing: readonly number[],
  odd: ReturnType<typeof oddDaysOf>,
): CheckFigures {
  return {
    newestEnd: newestEnd === null ? null : utcText(newestEnd),
    lastIngest:
      lastIngest === null
        ? null
        : {
            run: lastIngest.runId,
            finishedAt: utcText(lastIngest.finishedAt),
            lines: lastIngest.lines,
            rejects: lastIngest.rejects,
          },
    openRuns: openRuns.map(({ id }) => id),
    missingDays: missing.map(formatLocalDay),
    oddDays: odd.map(({ day, jobs, usual }) => ({ day: formatLocalDay(day), jobs, usual })),
    unreadFiles: unreadFiles.map(({ path }) => path),
    staleDays,
  };
}
