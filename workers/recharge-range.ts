import { workerData } from 'node:worker_threads';
import { rangeBuffers } from '../src/ledger/sqlite/recharge/charged-range.ts';
import { RangeCharger } from '../src/ledger/sqlite/recharge/range-charger.ts';
import { withCode } from '../src/ledger/sqlite/with-code.ts';
import type { RechargeRangeResult, RechargeRangeTask, WorkerSettings } from './messages.ts';
import { moved } from './moved.ts';

const { machine, siteZone }: WorkerSettings = workerData;
/** Each ledger is opened once in a thread, and closed with it. */
const chargers = new Map<string, RangeCharger>();

export default function rechargeRange(task: RechargeRangeTask): unknown {
  const { ledgerPath } = task;
  try {
    const charger = chargers.get(ledgerPath) ?? new RangeCharger(ledgerPath, machine, siteZone);
    chargers.set(ledgerPath, charger);
    const result: RechargeRangeResult = charger.charge(task);
    return moved(result, rangeBuffers(result));
  } catch (failure) {
    throw withCode(failure);
  }
}
