import { type MigrateRequest, type MigrateResult, migrate } from '../../pipelines/migrate.ts';
import { planMigration } from '../../pipelines/plan-migration.ts';
import type { LockHolder } from '../ledger/sqlite/lock-file.ts';
import { loadSite } from '../site/load-site.ts';
import { machineOf } from '../site/machine-of.ts';
import { EXIT_CODES } from './exit-code.ts';
import { exitCodeOf } from './exit-code-of.ts';
import type { MigrateOptions } from './migrate-command.ts';
import { migrateText } from './migrate-text.ts';
import { migrateWarnings } from './migrate-warnings.ts';
import { migrationPlanText } from './migration-plan-text.ts';
import { type OperatorLog, operatorLog } from './operator-log.ts';
import { ingestProgress } from './progress.ts';
import { checkReport, reported } from './run-report.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { qledgerVersion } from './version.ts';
import { waitingText } from './waiting-text.ts';

/** Each standard query is asked so often, so that one that found nothing in memory does not count. */
const QUERY_ROUNDS = 3;

/** @returns the exit status of the process. */
export async function runMigrate(
  old: string,
  options: MigrateOptions,
  ledger: string,
): Promise<number> {
  if (options.report !== undefined) checkReport(options.report);
  const log = operatorLog('text', process.stderr);
  try {
    return await (options.plan === true ? plan : run)(old, options, ledger, log);
  } catch (problem) {
    const error = problem instanceof Error ? problem.message : String(problem);
    const report = { kind: 'migrate', status: 'failed', old, ledger, error };
    reported(options, log, { ...report, exitCode: exitCodeOf(problem) });
    throw problem;
  }
}

async function run(
  old: string,
  options: MigrateOptions,
  ledger: string,
  log: OperatorLog,
): Promise<number> {
  const request = requestOf(old, options, ledger);
  const isQuiet = options.quiet === true;
  const progress = await ingestProgress(isQuiet ? null : process.stderr, log, 'text');
  const stopping = stopOnSignals();
  let result: MigrateResult;
  try {
    const onWait = (holder: LockHolder): void => {
      if (!isQuiet) log.info(waitingText(holder));
    };
    result = await migrate({ ...request, onWait, signal: stopping.signal }, progress.update);
  } finally {
    progress.stop();
    stopping.end();
  }
  const warnings = migrateWarnings(old, result);
  for (const warning of warnings) log.warn(warning);
  const { outcome, days, ...of } = result;
  const exitCode = outcome === 'refused' ? EXIT_CODES.refused : EXIT_CODES.ok;
  const place = { kind: 'migrate', machine: options.machine, old, ledger };
  const report = {
    ...place,
    status: outcome === 'refused' ? 'refused' : 'complete',
    ...of,
    days: days.length,
    warnings,
    exitCode,
  };
  if (options.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (!isQuiet || outcome === 'refused') {
    process.stdout.write(migrateText(result, { machine: options.machine, old, ledger }));
  }
  return reported(options, log, report);
}

async function plan(
  old: string,
  options: MigrateOptions,
  ledger: string,
  log: OperatorLog,
): Promise<number> {
  const { machine } = requestOf(old, options, ledger);
  const found = planMigration(old);
  const place = { machine: machine.name, old, ledger };
  const report = { kind: 'migrate-plan', ...place, ...found, exitCode: EXIT_CODES.ok };
  if (options.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (options.quiet !== true) process.stdout.write(migrationPlanText(found, place));
  return reported(options, log, report);
}

function requestOf(oldPath: string, options: MigrateOptions, ledgerPath: string): MigrateRequest {
  const { timezone, allowDifferences = false, timing } = options;
  return {
    oldPath,
    ledgerPath,
    machine: machineOf(loadSite(options.config), options.machine),
    allowDifferences,
    queryRounds: timing ? QUERY_ROUNDS : 0,
    waitSeconds: options.wait,
    version: qledgerVersion(),
    ...(timezone === undefined ? {} : { sourceZone: timezone }),
  };
}
