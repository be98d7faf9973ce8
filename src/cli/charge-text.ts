import type { ChargeExplanation } from '../charging/explain-charge.ts';
import { alignedTable } from '../output/table.ts';
import { visibleText } from '../output/visible-text.ts';
import type { StoredCharge } from '../reports/stored-charges.ts';
import { formatLocalDay } from '../site/local-day.ts';
import { utcText } from '../site/utc-text.ts';
import type { ExplainedJob } from './print-charge.ts';

/** A job's charge step by step, for people. */
export function chargeText({ stored, asCharged, asOfNow }: ExplainedJob, ledger: string): string {
  const { jobId, queue, job, charge, submit, end } = stored;
  const parts = [
    `${visibleText(jobId)} of ${visibleText(job.user)}, account ${visibleText(job.account)}, ` +
      `queue ${visibleText(queue)}: submitted ${utcText(submit)}, ended ${utcText(end)} ` +
      `(site-local day ${formatLocalDay(job.endDay)})`,
    `In ${ledger}: ${hoursOf(charge)}, QoS ${visibleText(charge.qos)}, factor ${charge.factor}`,
  ];
  if (asCharged === undefined) {
    parts.push(`Its rules, version ${charge.version}, are not in the ledger any more.`);
  } else {
    const { version, reason, createdAt } = asCharged.by;
    parts.push(
      `By version ${version} of the rules, first used ${createdAt} in ${reason}:\n${stepsText(asCharged.explanation)}`,
    );
    if (!isEqual(charge, asCharged.explanation)) {
      parts.push(
        'Note: that is not what the ledger holds; to charge its jobs again: ' +
          `qledger recharge --db ${ledger}`,
      );
    }
  }
  if (asOfNow !== undefined) {
    const change = isEqual(charge, asOfNow.explanation)
      ? 'the charge is the same'
      : 'it would change';
    parts.push(
      `By the rules of ${asOfNow.origin} now, ${change}:\n${stepsText(asOfNow.explanation)}`,
    );
  }
  return `${parts.join('\n\n')}\n`;
}

function stepsText({ steps }: ChargeExplanation): string {
  return alignedTable(
    ['Step', 'Why'],
    steps.map(({ what, why }) => [visibleText(what), visibleText(why)]),
    ['left', 'left'],
  );
}

function hoursOf(charge: StoredCharge['charge']): string {
  const { cpuHours, gpuHours, memoryHours, incomplete } = charge;
  const mark = incomplete === 0 ? '' : ' (incomplete)';
  return `${cpuHours} CPU hours, ${gpuHours} GPU hours, ${memoryHours} memory GiB-hours${mark}`;
}

function isEqual(stored: StoredCharge['charge'], { charge, qos }: ChargeExplanation): boolean {
  return (
    stored.cpuHours === charge.cpuHours &&
    stored.gpuHours === charge.gpuHours &&
    stored.memoryHours === charge.memoryHours &&
    stored.incomplete === charge.incomplete &&
    stored.factor === qos.factor &&
    stored.qos === qos.name
  );
}
