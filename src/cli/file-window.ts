import { parseLocalDay } from '../site/local-day.ts';
import type { Machine } from '../site/machine.ts';
import { ZoneClock } from '../site/zone-clock.ts';
import { zoneTable } from '../site/zone-table.ts';
import type { DayWindow } from '../sources/input-files.ts';
import type { IngestOptions } from './ingest-command.ts';
import { UsageError } from './usage-error.ts';

const DAY_SECONDS = 86_400;

/** The days whose files are wanted, in the machine's zone; null for all files. @throws UsageError */
export function fileWindow(
  { from, to, last, today: onlyToday }: Pick<IngestOptions, 'from' | 'to' | 'last' | 'today'>,
  machine: Machine,
  nowSeconds: number,
): DayWindow | null {
  if (from === undefined && to === undefined && last === undefined && onlyToday === undefined) {
    return null;
  }
  const today = new ZoneClock(zoneTable(machine.timeZone)).localDay(nowSeconds);
  const days =
    onlyToday === true ? 1 : last === undefined ? undefined : Math.ceil(last / DAY_SECONDS);
  if (days === 0) throw new UsageError('--last 0: not a single day. Name at least one: --last 1d');
  if (days !== undefined) return { fromDay: today - days + 1, toDay: today, today };
  if (from === undefined) throw new UsageError('--to needs --from: from which day on?');
  const fromDay = parseLocalDay(from);
  const toDay = to === undefined ? today : parseLocalDay(to);
  if (fromDay > toDay) throw new UsageError(`--from ${from} is later than --to ${to ?? 'today'}`);
  return { fromDay, toDay, today };
}
