import type { RechargePreview } from '../../pipelines/preview-recharge.ts';
import type { RebuildSummaryResult } from '../../pipelines/rebuild-summary.ts';
import type { RechargeResult } from '../../pipelines/recharge.ts';
import type {
  Change,
  ChargeChange,
  ChargeChanges,
  ChargeMeasure,
  Mover,
} from '../ledger/sqlite/recharge/charge-changes.ts';
import { countText, hoursText } from '../output/number-text.ts';
import { alignedTable } from '../output/table.ts';
import { visibleText } from '../output/visible-text.ts';

/** Which jobs of which ledger. */
export interface RechargePlace {
  readonly machine: string;
  readonly ledger: string;
  readonly from?: string;
  readonly to?: string;
  readonly queue?: string;
  readonly account?: string;
}

/** The result of a recharge for people. @param limit how many movers of each kind. */
export function rechargeText(place: RechargePlace, result: RechargeResult, limit: number): string {
  const { totals, seconds, chargeVersion, days } = result;
  return text([
    `${place.machine}: charged ${countText(totals.jobs)} jobs again${rangeText(place)} in ` +
      `${seconds.toFixed(2)} s (${countText(totals.jobs / seconds)} jobs/s), ` +
      `by version ${chargeVersion} of the rules`,
    `  ${countText(totals.changed)} of them changed; ${countText(days.length)} days summarised`,
    ...changesText(result, limit),
    '',
    'Next:',
    `  qledger usage --by account --db ${place.ledger}`,
  ]);
}

/** What a recharge would do, for people. */
export function previewText(place: RechargePlace, result: RechargePreview, limit: number): string {
  const { totals, chargeVersion } = result;
  const rules =
    chargeVersion === null ? 'rules new to the ledger' : `version ${chargeVersion} of the rules`;
  return text([
    `${place.machine}: ${countText(totals.jobs)} jobs${rangeText(place)} would be charged again, by ${rules}`,
    `  ${countText(totals.changed)} of them would change; nothing was written`,
    ...changesText(result, limit),
  ]);
}

/** A summary that was made anew, for people. */
export function summaryText(place: RechargePlace, result: RebuildSummaryResult): string {
  const { days, jobs, seconds } = result;
  return text([
    `${place.machine}: made the summary of ${countText(days.length)} days with ${countText(jobs)} jobs` +
      `${rangeText(place)} anew in ${seconds.toFixed(2)} s`,
  ]);
}

const LABELS: Readonly<Record<ChargeMeasure, string>> = {
  cpuHours: 'CPU hours',
  gpuHours: 'GPU hours',
  memoryHours: 'Memory GiB-hours',
  cpuCharges: 'CPU charge',
  gpuCharges: 'GPU charge',
  memoryCharges: 'Memory charge',
};
const HEAD = ['Before', 'After', 'Difference', '%'];
const CHARGES = ['cpuCharges', 'gpuCharges', 'memoryCharges'] as const;
const DIFFERENCE = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
});
const PERCENT = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: 'exceptZero',
});

function changesText({ totals, users, accounts, queues }: ChargeChanges, limit: number): string[] {
  if (totals.jobs === 0) return [];
  return [
    '',
    totalsTable(totals),
    ...moversText('account', accounts, limit),
    ...moversText('user', users, limit),
    ...moversText('queue', queues, limit),
  ];
}

function totalsTable(totals: ChargeChange): string {
  const measures: ChargeMeasure[] = ['cpuHours', 'gpuHours', 'memoryHours', ...CHARGES];
  return alignedTable(
    ['', ...HEAD],
    measures.map((measure) => [LABELS[measure], ...changeCells(totals[measure])]),
    ['left', 'right', 'right', 'right', 'right'],
  );
}

/** The largest differences of each charge, whichever way they go. */
function moversText(what: string, movers: readonly Mover[], limit: number): string[] {
  const rows = CHARGES.flatMap((measure) =>
    movers
      .filter((mover) => mover[measure].difference !== 0)
      .sort((a, b) => Math.abs(b[measure].difference) - Math.abs(a[measure].difference))
      .slice(0, limit)
      .map((mover) => [
        visibleText(mover.name),
        LABELS[measure],
        countText(mover.changed),
        ...changeCells(mover[measure]),
      ]),
  );
  if (rows.length === 0) return [];
  const head = [what[0].toUpperCase() + what.slice(1), 'Measure', 'Jobs changed', ...HEAD];
  const table = alignedTable(head, rows, [
    'left',
    'left',
    ...Array<'right'>(1 + HEAD.length).fill('right'),
  ]);
  return ['', `Changed most by ${what}, of ${countText(movers.length)} that changed:`, table];
}

function changeCells({ before, after, difference, percent }: Change): string[] {
  return [
    hoursText(before),
    hoursText(after),
    DIFFERENCE.format(difference),
    percent === null ? '-' : PERCENT.format(percent),
  ];
}

function rangeText({ from, to, queue, account }: RechargePlace): string {
  const parts = [
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(to === undefined ? [] : [`to ${to}`]),
    ...(queue === undefined ? [] : [`of queues ${queue}`]),
    ...(account === undefined ? [] : [`of accounts ${account}`]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
