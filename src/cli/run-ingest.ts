import {
  type IngestRequest,
  type IngestResult,
  ingest,
  tryIngest,
} from '../../pipelines/ingest.ts';
import { Interruption } from '../../pipelines/interruption.ts';
import { RejectLimit } from '../../pipelines/reject-limit.ts';
import { type LedgerTotals, ledgerTotals } from '../reports/ledger-totals.ts';
import { type RejectGroup, rejectsByCode } from '../reports/rejects-by-code.ts';
import { summaryNotes } from '../reports/summary-notes.ts';
import { isTimeZone } from '../site/is-time-zone.ts';
import { loadSite } from '../site/load-site.ts';
import { machineOf } from '../site/machine-of.ts';
import { inputFiles } from '../sources/input-files.ts';
import { askLedger } from './ask-ledger.ts';
import { dryRunText } from './dry-run-text.ts';
import { exitCodeOf } from './exit-code-of.ts';
import { fileWindow } from './file-window.ts';
import type { IngestOptions } from './ingest-command.ts';
import { ingestExitCode } from './ingest-exit-code.ts';
import { filesJson, writeReport } from './ingest-report.ts';
import { ingestText } from './ingest-text.ts';
import { ingestWarnings, rejectWarnings } from './ingest-warnings.ts';
import { operatorLog } from './operator-log.ts';
import { ingestProgress } from './progress.ts';
import { UsageError } from './usage-error.ts';
import { qledgerVersion } from './version.ts';

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
  try {
    return await (options.dryRun === true ? runDry : runWet)(names, options, ledger);
  } catch (problem) {
    const error = problem instanceof Error ? problem.message : String(problem);
    const exitCode = exitCodeOf(problem);
    if (options.report !== undefined) {
      writeReport(options.report, { kind: 'ingest', status: 'failed', ledger, error, exitCode });
    }
    if (options.log === 'text') throw problem;
    operatorLog(options.log, process.stderr).error(error, { exitCode });
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
  const progress = ingestProgress(options.quiet === true ? null : process.stderr, log, options.log);
  const stopping = stopOnSignals();
  let result: IngestResult;
  try {
    result = await ingest({ ...request, signal: stopping.signal }, progress.update);
  } finally {
    progress.stop();
    stopping.end();
  }
  const warnings = ingestWarnings(result, missingDays);
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
  if (options.report !== undefined) writeReport(options.report, report);
  if (options.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (options.quiet !== true) process.stdout.write(ingestText(outcome));
  return exitCode;
}

async function runDry(
  names: readonly string[],
  options: IngestOptions,
  ledger: string,
): Promise<number> {
  const { request, missingDays } = requestOf(names, options, ledger);
  const log = operatorLog(options.log, process.stderr);
  const progress = ingestProgress(options.quiet === true ? null : process.stderr, log, options.log);
  const result = await tryIngest(request, progress.update).finally(progress.stop);
  for (const warning of ingestWarnings(result, missingDays)) log.warn(warning);
  const exitCode = ingestExitCode({
    changedJobs: result.totals.jobs + result.totals.updated,
    rejects: result.totals.rejects,
    isLimited: options.maxRejects !== undefined,
    filesMissing: result.unreadable.length + missingDays.length,
  });
  const { totals: counts, seconds, examples } = result;
  const report = {
    kind: 'ingest-dry-run',
    machine: request.machine.name,
    ledger,
    ...filesJson(result),
    counts,
    examples,
    seconds,
    exitCode,
  };
  if (options.report !== undefined) writeReport(options.report, report);
  if (options.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (options.quiet !== true) process.stdout.write(dryRunText(ledger, result));
  return exitCode;
}

function requestOf(
  names: readonly string[],
  options: IngestOptions,
  ledgerPath: string,
): { request: IngestRequest; missingDays: readonly string[] } {
  const { timezone, timeUnit, format, fields, maxRejects } = options;
  if (timezone !== undefined && !isTimeZone(timezone)) {
    throw new UsageError(`--timezone ${timezone}: not an IANA time zone such as America/Denver`);
  }
  const rejectLimit = maxRejects === undefined ? undefined : new RejectLimit(maxRejects);
  if (rejectLimit?.isValid === false) {
    throw new UsageError(
      `--max-rejects ${maxRejects}: neither a number such as 100 nor a share such as 0.5%`,
    );
  }
  const machine = machineOf(loadSite(options.config), options.machine);
  const window = fileWindow(options, machine, Date.now() / 1000);
  const { paths, missingDays } = inputFiles(names, window);
  const request = {
    files: paths,
    machine,
    ledgerPath,
    readAs: {
      timeUnit,
      ...(format === undefined ? {} : { format }),
      ...(fields === undefined ? {} : { fields }),
    },
    upsert: options.upsert === true,
    force: options.force === true,
    rejectLimit,
    waitSeconds: options.wait,
    version: qledgerVersion(),
    ...(timezone === undefined ? {} : { sourceZone: timezone }),
  };
  return { request, missingDays };
}

/** Lets the first SIGINT or SIGTERM end the run at the next border of a batch. */
function stopOnSignals(): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals): void => controller.abort(new Interruption(name));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return {
    signal: controller.signal,
    end: () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
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
