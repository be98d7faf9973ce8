import { type RebuildResult, rebuild } from '../../pipelines/rebuild.ts';
import type { LockHolder } from '../ledger/sqlite/lock-file.ts';
import { EXIT_CODES } from './exit-code.ts';
import { exitCodeOf } from './exit-code-of.ts';
import { ingestWarnings, rejectWarnings } from './ingest-warnings.ts';
import { inputRequest } from './input-request.ts';
import { type OperatorLog, operatorLog } from './operator-log.ts';
import { ingestProgress } from './progress.ts';
import type { RebuildOptions } from './rebuild-command.ts';
import { rebuildJson } from './rebuild-json.ts';
import { rebuildText } from './rebuild-text.ts';
import { rebuildWarnings } from './rebuild-warnings.ts';
import { checkReport, reported } from './run-report.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { waitingText } from './waiting-text.ts';

/** What `rebuild` tells of. */
export interface RebuildOutcomeText {
  readonly machine: string;
  readonly ledger: string;
  readonly result: RebuildResult;
  readonly missingDays: readonly string[];
  readonly warnings: readonly string[];
}

/** @returns the exit status of the process. */
export async function runRebuild(
  names: readonly string[],
  options: RebuildOptions,
  ledger: string,
): Promise<number> {
  if (options.report !== undefined) checkReport(options.report);
  const log = operatorLog('text', process.stderr);
  try {
    return await run(names, options, ledger, log);
  } catch (problem) {
    const error = problem instanceof Error ? problem.message : String(problem);
    const exitCode = exitCodeOf(problem);
    const report = { kind: 'rebuild', status: 'failed', ledger, error, exitCode };
    reported(options, log, report);
    throw problem;
  }
}

async function run(
  names: readonly string[],
  options: RebuildOptions,
  ledger: string,
  log: OperatorLog,
): Promise<number> {
  const { request, missingDays } = inputRequest(names, options, ledger);
  const isQuiet = options.quiet === true;
  const progress = await ingestProgress(isQuiet ? null : process.stderr, log, 'text');
  const stopping = stopOnSignals();
  const listener = {
    onProgress: progress.update,
    onStep: (step: string) => {
      progress.stop();
      if (!isQuiet) log.info(step);
    },
  };
  let result: RebuildResult;
  try {
    const swap = {
      keepBackups: options.keep,
      allowLoss: options.allowLoss === true,
      dryRun: options.dryRun === true,
    };
    const onWait = (holder: LockHolder): void => {
      if (!isQuiet) log.info(waitingText(holder));
    };
    result = await rebuild({ ...request, ...swap, onWait, signal: stopping.signal }, listener);
  } finally {
    progress.stop();
    stopping.end();
  }
  const warnings = [...ingestWarnings(result, missingDays), ...rebuildWarnings(result)];
  for (const warning of warnings) log.warn(warning);
  if (options.json === true || isQuiet) {
    for (const warning of rejectWarnings(result.rejects)) log.warn(warning);
  }
  const exitCode = exitCodeFor(result, missingDays);
  const outcome = { machine: request.machine.name, ledger, result, missingDays, warnings };
  const report = { ...rebuildJson(outcome), exitCode };
  if (options.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (!isQuiet || result.outcome === 'refused') process.stdout.write(rebuildText(outcome));
  return reported(options, log, report);
}

function exitCodeFor(
  { outcome, unreadable }: RebuildResult,
  missingDays: readonly string[],
): number {
  if (outcome === 'refused') return EXIT_CODES.refused;
  return unreadable.length + missingDays.length > 0 ? EXIT_CODES.partial : EXIT_CODES.ok;
}
