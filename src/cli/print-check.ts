import { basename } from 'node:path';
import { LedgerError } from '../ledger/ledger-error.ts';
import { prometheusText } from '../output/prometheus.ts';
import { visibleText } from '../output/visible-text.ts';
import {
  type CheckQuestion,
  type LedgerCheck,
  ledgerCheck,
} from '../reports/check/ledger-check.ts';
import { worstOf } from '../reports/check/verdict.ts';
import { askLedger } from './ask-ledger.ts';
import { CHECK_EXIT_CODES, type CheckExitCode } from './check-exit-code.ts';
import { checkMetrics } from './check-metrics.ts';
import { UsageError } from './usage-error.ts';

/**
 * Checks ledgers and prints what was found; JSON is `{ kind: 'check', checkedAt, verdict, ledgers }`.
 * @returns the exit status.
 * @throws UsageError where metrics of two ledgers could not be told apart.
 */
export function printCheck(
  paths: readonly string[],
  question: CheckQuestion,
  format: 'text' | 'json' | 'prometheus',
): CheckExitCode {
  const checks = paths.map((path) => checkOf(path, question));
  const verdict = worstOf(checks.map(({ verdict }) => verdict));
  if (format === 'prometheus') {
    refuseTwins(checks);
    process.stdout.write(prometheusText(checkMetrics(checks)));
    return CHECK_EXIT_CODES.ok;
  }
  if (format === 'json') {
    const checkedAt = new Date(question.now * 1000).toISOString();
    const answer = { kind: 'check', checkedAt, verdict, ledgers: checks };
    process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  } else {
    process.stdout.write(`${checks.map(checkText).join('\n\n')}\n`);
  }
  return CHECK_EXIT_CODES[verdict];
}

/** A ledger that can't be read is what monitoring is there for: a finding, not a failure. */
function checkOf(path: string, question: CheckQuestion): LedgerCheck {
  try {
    return askLedger(path, (db) => ledgerCheck(db, question));
  } catch (problem) {
    if (!(problem instanceof LedgerError)) throw problem;
    return {
      ledger: path,
      machine: basename(path, '.db'),
      from: null,
      to: null,
      verdict: 'critical',
      checks: [{ check: 'ledger', verdict: 'critical', message: problem.message, advice: null }],
      figures: null,
    };
  }
}

/** The first line says it all, for those who see no more of it. */
function checkText({ machine, ledger, from, to, verdict, checks }: LedgerCheck): string {
  const found = checks.filter((line) => line.verdict !== 'ok').map(({ check }) => check);
  const days = from === null ? '' : `, ${from} to ${to}`;
  return [
    `${machine}: ${verdict}${found.length === 0 ? '' : ` (${found.join(', ')})`}, ledger ${ledger}${days}`,
    ...checks.map(
      ({ check, verdict, message, advice }) =>
        `  ${verdict.padEnd(8)}  ${check.padEnd(12)}  ${visibleText(message)}` +
        `${advice === null ? '' : `. ${advice}.`}`,
    ),
  ].join('\n');
}

/** A collector refuses a file in which a series is there twice. */
function refuseTwins(checks: readonly LedgerCheck[]): void {
  const ledgers = new Map<string, string>();
  for (const { machine, ledger } of checks) {
    const other = ledgers.get(machine);
    if (other !== undefined) {
      throw new UsageError(
        `${other} and ${ledger} are both of ${machine}, and their metrics can't be told apart; ` +
          'choose one with --db <file>',
      );
    }
    ledgers.set(machine, ledger);
  }
}
