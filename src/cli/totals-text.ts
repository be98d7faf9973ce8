import { countText, hoursText, sizeText } from '../output/number-text.ts';
import { alignedTable } from '../output/table.ts';
import type { LedgerTotals } from '../reports/ledger-totals.ts';

/** What a ledger holds, for people: counts in one line, hours and charges as a small table. */
export function totalsText(totals: LedgerTotals): string {
  const counts = [
    `${countText(totals.jobs)} jobs`,
    `${countText(totals.users)} users`,
    `${countText(totals.accounts)} accounts`,
    `${countText(totals.queues)} queues`,
    totals.firstDay === null
      ? 'no days'
      : `${countText(totals.days)} days from ${totals.firstDay} to ${totals.lastDay}`,
    sizeText(totals.sizeBytes),
  ].join(', ');
  const hours = alignedTable(
    ['', 'CPU', 'GPU', 'Memory (GiB)'],
    [
      ['Hours', totals.cpuHours, totals.gpuHours, totals.memoryHours],
      ['Charges', totals.cpuCharges, totals.gpuCharges, totals.memoryCharges],
    ].map((row) => row.map((value) => (typeof value === 'string' ? value : hoursText(value)))),
    ['left', 'right', 'right', 'right'],
  );
  return `${counts}\n\n${hours}`;
}
