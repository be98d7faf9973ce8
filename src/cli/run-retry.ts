import { retryRejects } from '../../pipelines/retry-rejects.ts';
import { countText } from '../output/number-text.ts';
import { loadSite } from '../site/load-site.ts';
import { machineOf } from '../site/machine-of.ts';
import type { TimeUnit } from '../sources/qhist-csv/labels.ts';
import { operatorLog } from './operator-log.ts';
import { runWarnings } from './run-warnings.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { qledgerVersion } from './version.ts';
import { waitingText } from './waiting-text.ts';

export interface RetryOptions {
  readonly machine: string;
  readonly db?: string;
  readonly config?: string;
  readonly code?: string;
  readonly fields?: string;
  readonly timezone?: string;
  readonly timeUnit: TimeUnit;
  readonly wait: number;
  readonly json?: true;
}

/** `rejects retry`: JSON is `{ kind: 'rejects-retry', machine, ledger, ... }` with the counts. */
export async function runRetry(options: RetryOptions, ledger: string): Promise<void> {
  const { timezone, timeUnit, fields, code } = options;
  const machine = machineOf(loadSite(options.config), options.machine);
  const log = operatorLog('text', process.stderr);
  const stopping = stopOnSignals();
  const result = await retryRejects({
    ledgerPath: ledger,
    machine,
    readAs: { timeUnit, ...(fields === undefined ? {} : { fields }) },
    waitSeconds: options.wait,
    onWait: (holder) => log.info(waitingText(holder)),
    signal: stopping.signal,
    version: qledgerVersion(),
    ...(code === undefined ? {} : { code }),
    ...(timezone === undefined ? {} : { sourceZone: timezone }),
  }).finally(stopping.end);
  for (const warning of runWarnings(result, ledger)) log.warn(warning);
  if (options.json === true) {
    const report = { kind: 'rejects-retry', machine: machine.name, ledger, ...result };
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return;
  }
  const { tried, jobs, duplicates, rejects, cut, days } = result;
  process.stdout.write(
    `${machine.name}: read ${countText(tried)} rejects of ${ledger} again\n` +
      `  ${countText(jobs)} new jobs, ${countText(duplicates)} known before, ${countText(rejects)} still rejected, ` +
      `${countText(cut)} too long to be kept whole; ${countText(days.length)} days summarised\n`,
  );
}
