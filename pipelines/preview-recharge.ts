import { compileCharging } from '../src/charging/compile-charging.ts';
import { knownVersion } from '../src/ledger/sqlite/charge-versions.ts';
import { checkMachine } from '../src/ledger/sqlite/ledger-machine.ts';
import { closeLedger, openForReading } from '../src/ledger/sqlite/open-ledger.ts';
import { type ChargeChanges, chargeChanges } from '../src/ledger/sqlite/recharge/charge-changes.ts';
import { chargeRanges, type RangesRequest, type RechargeProgress } from './charge-ranges.ts';
import { unlessReplaced } from './unless-replaced.ts';

export interface RechargePreview extends ChargeChanges {
  /** Null where the rules are new to the ledger. */
  readonly chargeVersion: number | null;
  readonly seconds: number;
}

/** No job has a QoS of this id. */
const NO_QOS = -1;

/**
 * Tells what a recharge would do, to the last digit, and writes nothing.
 * @throws LedgerError where the ledger is not there, is another machine's, or is replaced meanwhile.
 */
export async function previewRecharge(
  request: RangesRequest,
  onProgress: (progress: RechargeProgress) => void = () => {},
): Promise<RechargePreview> {
  return await unlessReplaced(request.ledgerPath, () => preview(request, onProgress));
}

async function preview(
  request: RangesRequest,
  onProgress: (progress: RechargeProgress) => void,
): Promise<RechargePreview> {
  const startedAt = performance.now();
  const { ledgerPath, machine } = request;
  const db = openForReading(ledgerPath);
  try {
    checkMachine(db, machine);
    const chargeVersion = knownVersion(db, machine.charging) ?? null;
    const idOfQos = db.prepare<[string], number>('SELECT id FROM job_qos WHERE name = ?').pluck();
    const { qos } = compileCharging(machine.charging);
    const how = {
      charges: 'by the rules',
      chargeVersion: chargeVersion ?? 0,
      qosIds: qos.map(({ name }) => idOfQos.get(name) ?? NO_QOS),
    } as const;
    const { sums, ownerIds } = await chargeRanges(
      db,
      undefined,
      request,
      how,
      () => {},
      onProgress,
    );
    const seconds = (performance.now() - startedAt) / 1000;
    return { chargeVersion, ...chargeChanges(db, sums, ownerIds), seconds };
  } finally {
    closeLedger(db);
  }
}
