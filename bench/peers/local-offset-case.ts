import { zoneTable } from '../../src/site/zone-table.ts';
import type { LoadSample } from '../load/load-sample.ts';

const ZONE = 'America/Denver';

/**
 * An SQL expression for the seconds that a wall-clock time of the machine is ahead of UTC, with one
 * comparison for each change of the clocks in these years: for both peers much cheaper than asking the time
 * zone database for every row. In the repeated hour of autumn it takes the earlier instant.
 * @param time SQL for the wall-clock time.
 * @param literal makes an SQL literal of a text such as `2025-03-09 03:00:00`.
 */
export function localOffsetCase(
  time: string,
  years: LoadSample['years'],
  literal: (text: string) => string,
): string {
  const { starts, offsets } = zoneTable(ZONE);
  const from = Date.UTC(years.first, 0) / 1000;
  const to = Date.UTC(years.last + 1, 0) / 1000;
  const first = starts.findIndex((start) => start >= from);
  const branches: string[] = [];
  for (let i = first; starts[i] < to; i++) {
    const wallSeconds = starts[i] + Math.max(offsets[i - 1], offsets[i]);
    const wallTime = new Date(wallSeconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
    branches.push(`WHEN ${time} >= ${literal(wallTime)} THEN ${offsets[i]}`);
  }
  return `CASE ${branches.reverse().join(' ')} ELSE ${offsets[first - 1]} END`;
}
