import { previewRecharge } from '../../pipelines/preview-recharge.ts';
import { rebuildSummary } from '../../pipelines/rebuild-summary.ts';
import { recharge } from '../../pipelines/recharge.ts';
import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import type { LockHolder } from '../ledger/sqlite/lock-file.ts';
import type { InterruptedRun } from '../ledger/sqlite/runs.ts';
import { loadSite } from '../site/load-site.ts';
import type { Machine } from '../site/machine.ts';
import { machineOf } from '../site/machine-of.ts';
import { askLedger } from './ask-ledger.ts';
import { EXIT_CODES } from './exit-code.ts';
import { operatorLog } from './operator-log.ts';
import type { RechargeOptions } from './recharge-command.ts';
import { rechargeProgress } from './recharge-progress.ts';
import { previewText, rechargeText, summaryText } from './recharge-text.ts';
import { runWarnings } from './run-warnings.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { UsageError } from './usage-error.ts';
import { qledgerVersion } from './version.ts';
import { waitingText } from './waiting-text.ts';

/** @returns the exit status of the process. */
export async function runRecharge(options: RechargeOptions, ledger: string): Promise<number> {
  const log = operatorLog('text', process.stderr);
  const machine = chosenMachine(options, ledger);
  const progress = rechargeProgress(options.quiet === true ? null : process.stderr, log);
  const stopping = stopOnSignals();
  const { from, to, queue, account, reason, wait, limit } = options;
  const range = {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(queue === undefined ? {} : { queue }),
    ...(account === undefined ? {} : { account }),
  };
  const reading = { ledgerPath: ledger, machine, range, signal: stopping.signal };
  const writing = {
    ...reading,
    ...(reason === undefined ? {} : { reason }),
    waitSeconds: wait,
    onWait: (holder: LockHolder) => {
      if (options.quiet !== true) log.info(waitingText(holder));
    },
    version: qledgerVersion(),
  };
  const tellInterrupted = ({ interrupted }: { interrupted: readonly InterruptedRun[] }): void => {
    for (const warning of runWarnings({ interrupted, rulesChange: undefined }, ledger)) {
      log.warn(warning);
    }
  };
  const about = { machine: machine.name, ledger, ...range };
  try {
    if (options.preview === true) {
      const result = await previewRecharge(reading, progress.update);
      progress.stop();
      print(options, { kind: 'recharge-preview', ...about, ...result }, () =>
        previewText(about, result, limit),
      );
    } else if (options.summaryOnly === true) {
      const result = await rebuildSummary(writing, progress.update);
      progress.stop();
      tellInterrupted(result);
      print(options, { kind: 'recharge-summary', ...about, ...result }, () =>
        summaryText(about, result),
      );
    } else {
      const result = await recharge(writing, progress.update);
      progress.stop();
      tellInterrupted(result);
      print(options, { kind: 'recharge', ...about, ...result }, () =>
        rechargeText(about, result, limit),
      );
    }
    return EXIT_CODES.ok;
  } finally {
    progress.stop();
    stopping.end();
  }
}

/** The machine that is named, or else the one that the ledger is of. */
function chosenMachine({ config, machine }: RechargeOptions, ledger: string): Machine {
  const site = loadSite(config);
  if (machine !== undefined) return machineOf(site, machine);
  const owner = askLedger(ledger, ledgerMachine);
  if (owner === null) throw new UsageError(`${ledger}: no machine's yet; name one with --machine`);
  return machineOf(site, owner.machine);
}

function print(options: RechargeOptions, report: object, text: () => string): void {
  if (options.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (options.quiet !== true) process.stdout.write(text());
}
