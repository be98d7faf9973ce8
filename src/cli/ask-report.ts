import type Database from 'better-sqlite3';
import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import { combinedReport } from '../reports/combined-report.ts';
import type { ReportDefinition, ReportQuestion } from '../reports/definition.ts';
import type { Report } from '../reports/report.ts';
import { windowText } from '../reports/window.ts';
import { loadSite } from '../site/load-site.ts';
import type { Site } from '../site/machine.ts';
import { NO_FACTS } from '../site/machine-facts.ts';
import { askLedger } from './ask-ledger.ts';
import { ALL_MACHINES } from './ledger-path.ts';
import type { ReportChoice } from './report-options.ts';
import { ledgerDays, spanOfDays, windowWithin } from './report-window.ts';
import { UsageError } from './usage-error.ts';

/** What is asked of every ledger alike, with what is known of all machines. */
export interface SharedQuestion extends Omit<ReportQuestion, 'site'> {
  readonly site: Site;
}

/**
 * One window for all ledgers, within the days of all.
 * @throws UsageError where there is no such window.
 * @throws ConfigError where the configuration has faults.
 */
export function questionOf(ledgers: readonly string[], choice: ReportChoice): SharedQuestion {
  const site = loadSite(choice.config);
  const days = spanOfDays(ledgers.map((ledger) => askLedger(ledger, ledgerDays)));
  const { from, to } = windowText(windowWithin(days, choice));
  return { from, to, period: choice.period, top: choice.top ?? null, site };
}

/**
 * Puts the question to one ledger, of whose machine nothing is known where the configuration does not have it. All
 * that is read for an answer is of one moment, whatever is written meanwhile.
 */
export function askShared<Answer>(
  ledger: string,
  question: SharedQuestion,
  answer: (db: Database.Database, question: ReportQuestion) => Answer,
): Answer {
  return askLedger(ledger, (db) =>
    db.transaction(() => {
      const site = question.site.machines.get(machineOf(db)) ?? NO_FACTS;
      return answer(db, { ...question, site });
    })(),
  );
}

/** The answer of one ledger, or those of several as one, each row with its machine. */
export function askReport(
  ledgers: readonly string[],
  definition: ReportDefinition,
  question: SharedQuestion,
  choice: ReportChoice,
): Report {
  return reportOf(askEach(ledgers, definition, question), definition, question, choice);
}

/** The answer of each ledger by itself. */
export function askEach(
  ledgers: readonly string[],
  definition: ReportDefinition,
  question: SharedQuestion,
): Report[] {
  return ledgers.map((ledger) =>
    askShared(ledger, question, (db, asked) => definition.answer(db, asked)),
  );
}

/**
 * Answers of several ledgers as one report.
 * @param isCut whether they hold only their largest rows.
 */
export function reportOf(
  reports: readonly Report[],
  definition: ReportDefinition,
  question: SharedQuestion,
  choice: ReportChoice,
  isCut: boolean = choice.top !== undefined && definition.options.includes('top'),
): Report {
  const report =
    reports.length === 1 && choice.machine !== ALL_MACHINES
      ? reports[0]
      : combinedReport(reports, isCut);
  return definition.options.includes('period') ? { ...report, period: question.period } : report;
}

/** @throws UsageError where two ledgers are of one machine: its jobs would count twice. */
export function refuseTwins(ledgers: readonly string[]): void {
  if (ledgers.length < 2) return;
  const ledgerOf = new Map<string, string>();
  for (const ledger of ledgers) {
    const machine = askLedger(ledger, machineOf);
    const other = ledgerOf.get(machine);
    if (other !== undefined) {
      throw new UsageError(
        `${other} and ${ledger} are both ledgers of ${machine}, and its jobs would count twice; name one of them`,
      );
    }
    ledgerOf.set(machine, ledger);
  }
}

export function machineOf(db: Database.Database): string {
  return ledgerMachine(db)?.machine ?? 'unknown';
}
