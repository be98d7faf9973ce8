import { zoneTable } from '../../src/site/zone-table.ts';

const ZONE = 'America/Denver';

/**
 * An SQL expression for the seconds that the wall clock of the machine is ahead of UTC at an instant, cheaper than
 * to ask the time zone database for each row.
 * @param time SQL for the instant, in epoch seconds.
 */
export function utcOffsetCase(time: string): string {
  const { starts, offsets } = zoneTable(ZONE);
  const first = starts.findIndex((start) => start >= Date.UTC(2020, 0) / 1000);
  const branches: string[] = [];
  for (let i = first; starts[i] < Date.UTC(2035, 0) / 1000; i++) {
    branches.push(`WHEN ${time} >= ${starts[i]} THEN ${offsets[i]}`);
  }
  return `CASE ${branches.reverse().join(' ')} ELSE ${offsets[first - 1]} END`;
}
