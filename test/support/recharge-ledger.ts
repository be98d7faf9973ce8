import { type RechargeRequest, type RechargeResult, recharge } from '../../pipelines/recharge.ts';
import { cheaperDerecho } from './other-rules.ts';

/** Charges a ledger of derecho again by cheaper rules with one thread, unless told otherwise. */
export function rechargeLedger(
  ledgerPath: string,
  request: Partial<RechargeRequest> = {},
  onProgress?: Parameters<typeof recharge>[1],
): Promise<RechargeResult> {
  return recharge(
    {
      ledgerPath,
      machine: cheaperDerecho(),
      version: '0.0.0-test',
      workers: { threads: 1 },
      ...request,
    },
    onProgress,
  );
}
