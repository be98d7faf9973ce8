import { ledgerJobs } from './ledger-content.ts';
import type { Row } from './query-ledger.ts';

const MEASURES = ['cpu', 'gpu', 'memory'];

/**
 * The daily summary as it must be, added up from the jobs and their charges with no code of the ledger's.
 * @param zone the IANA zone of the days.
 */
export function freshSummary(path: string, zone: string): Row[] {
  const dayOf = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
  const groups = new Map<string, Record<string, string | number | null>>();
  for (const job of ledgerJobs(path)) {
    const date = dayOf.format(Number(job.end) * 1000);
    const { user, account, queue } = job;
    const key = [date, user, account, queue].join('\n');
    const group = groups.get(key) ?? { date, user, account, queue, job_count: 0 };
    groups.set(key, group);
    group.job_count = Number(group.job_count) + 1;
    for (const measure of MEASURES) {
      const hours = Number(job[`${measure}_hours`]);
      group[`${measure}_hours`] = Number(group[`${measure}_hours`] ?? 0) + hours;
      group[`${measure}_charges`] =
        Number(group[`${measure}_charges`] ?? 0) + hours * Number(job.qos_factor);
    }
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
