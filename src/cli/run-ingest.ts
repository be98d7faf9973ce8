import {
  type IngestRequest,
  type IngestResult,
  ingest,
  tryIngest,
} from '../../pipelines/ingest.ts';
import { RejectLimit } from '../../pipelines/reject-limit.ts';
import type { LockHolder } from '../ledger/sqlite/lock-file.ts';
import { type LedgerTotals, ledgerTotals } from '../reports/ledger-totals.ts';
import { type RejectGroup, rejectsByCode } from '../reports/rejects-by-code.ts';
import { summaryNotes } from '../reports/summary-notes.ts';
import { askLedger } from './ask-ledger.ts';
import { dryRunText } from './dry-run-text.ts';
import { exitCodeOf } from './exit-code-of.ts';
import type { IngestOptions } from './ingest-command.ts';
import { ingestExitCode } from './ingest-exit-code.ts';
import { ingestWarnings, rejectWarnings } from './ingest-warnings.ts';
import { inputRequest } from './input-request.ts';
import { operatorLog } from './operator-log.ts';
import { ingestProgress } from './progress.ts';
import { checkReport, filesJson, reported } from './run-report.ts';
import { runWarnings } from './run-warnings.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { UsageError } from './usage-error.ts';
import { waitingText } from './waiting-text.ts';

/** What `ingest` tells of: the run, and the ledger after it. */
export interface IngestOutcome {
  readonly machine: string;
  readonly ledger: string;
  readonly result: IngestResult;
  readonly missingDays: readonly string[];
  readonly warnings: readonly string[];
  readonly rejects: readonly RejectGroup[];
  readonly totals: LedgerTotals;
  /** What to know of the ledger's figures. */
  readonly notes: readonly string[];
}

/** @returns the exit status of the process. */
export async function runIngest(
  names: readonly string[],
  options: IngestOptions,
  ledger: string,
): Promise<number> {
  const log = operatorLog(options.log, process.stderr);
  const kind = options.dryRun === true ? 'ingest-dry-run' : 'ingest';
  let canReport = false;
  try {
    if (options.report !== undefined) checkReport(options.report);
    canReport = true;
    return await (options.dryRun === true ? runDry : runWet)(names, options, ledger);
  } catch (problem) {
    const error = problem instanceof Error ? problem.message : String(problem);
    const exitCode = exitCodeOf(problem);
    const report = { kind, status: 'failed', ledger, error, exitCode };
    if (canReport) reported(options, log, report);
    if (options.log === 'text') throw problem;
    log.error(error, { exitCode });
    return exitCode;
  }
}

async function runWet(
  names: readonly string[],
  options: IngestOptions,
  ledger: string,
): Promise<number> {
  const { request, missingDays } = requestOf(names, options, ledger);
  const log = operatorLog(options.log, process.stderr);
  const progress = await ingestProgress(
    options.quiet === true ? null : process.stderr,
    log,
    options.log,
  );
  const stopping = stopOnSignals();
  let result: IngestResult;
  try {
    const onWait = (holder: LockHolder): void => {
      if (options.quiet !== true) log.info(waitingText(holder), { ...holder });
    };
    result = await ingest({ ...request, onWait, signal: stopping.signal }, progress.update);
  } finally {
    progress.stop();
    stopping.end();
  }
  const warnings = [...runWarnings(result, ledger), ...ingestWarnings(result, missingDays)];
  const outcome: IngestOutcome = {
    machine: request.machine.name,
    ledger,
    result,
    missingDays,
    warnings,
    ...askLedger(ledger, (db) => ({
      rejects: rejectsByCode(db, result.runId),
      totals: ledgerTotals(db),
      notes: summaryNotes(db),
    })),
  };
  for (const warning of warnings) log.warn(warning);
  if (options.json === true || options.quiet === true) {
    for (const warning of rejectWarnings(outcome.rejects)) log.warn(warning);
  }
  const exitCode = ingestExitCode({
    changedJobs: result.totals.jobs + result.totals.updated,
    rejects: result.totals.rejects,
    isLimited: options.maxRejects !== undefined,
    filesMissing: result.unreadable.length + missingDays.length,
  });
  const report = { ...outcomeJson(outcome), exitCode };
  if (options.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (options.quiet !== true) {
    const { ingestText } = await import('./ingest-text.ts');
    process.stdout.write(ingestText(outcome));
  }
  return reported(options, log, report);
}

async function runDry(
  names: readonly string[],
  options: IngestOptions,
  ledger: string,
): Promise<number> {
  const { request, missingDays } = requestOf(names, options, ledger);
  const log = operatorLog(options.log, process.stderr);
  const progress = await ingestProgress(
    options.quiet === true ? null : process.stderr,
    log,
    options.log,
  );
  const result = await tryIngest(request, progress.update).finally(progress.stop);
  const warnings = ingestWarnings(result, missingDays);
  for (const warning of warnings) log.warn(warning);
  const exitCode = ingestExitCode({
    changedJobs: result.totals.jobs + result.totals.updated,
    rejects: result.totals.rejects,
    isLimited: options.maxRejects !== undefined,
    filesMissing: result.unreadable.length + missingDays.length,
  });
  const { totals: counts, seconds, examples } = result;
  const report = {
    kind: 'ingest-dry-run',
    status: 'complete',
    machine: request.machine.name,
    ledger,
    ...filesJson(result),
    missingDays,
    counts,
    examples,
    seconds,
    warnings,
    exitCode,
  };
  if (options.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (options.quiet !== true) process.stdout.write(dryRunText(ledger, result));
  return reported(options, log, report);
}

function requestOf(
  names: readonly string[],
  options: IngestOptions,
  ledgerPath: string,
): { request: IngestRequest; missingDays: readonly string[] } {
  const { maxRejects } = options;
  const rejectLimit = maxRejects === undefined ? undefined : new RejectLimit(maxRejects);
  if (rejectLimit?.isValid === false) {
    throw new UsageError(
      `--max-rejects ${maxRejects}: neither a number such as 100 nor a share such as 0.5%`,
    );
  }
  const { request, missingDays } = inputRequest(names, options, ledgerPath);
  const upsert = options.upsert === true;
  const force = options.force === true;
  return { request: { ...request, upsert, force, rejectLimit }, missingDays };
}

function outcomeJson(outcome: IngestOutcome): object {
  const { machine, ledger, result, rejects, totals, notes, warnings, missingDays } = outcome;
  const { runId, totals: counts, days, seconds, interrupted } = result;
  return {
    kind: 'ingest',
    status: 'complete',
    machine,
    ledger,
    run: runId,
    interrupted: interrupted.map(({ id }) => id),
    ...filesJson(result),
    missingDays,
    counts,
    rejects,
    days,
    seconds,
    linesPerSecond: Math.round(counts.lines / seconds),
    warnings,
    totals,
    notes,
  };
}
