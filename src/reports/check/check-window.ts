import { parseLocalDay } from '../../site/local-day.ts';
import type { ZoneClock } from '../../site/zone-clock.ts';
import { COMPARED_WEEKS } from './odd-days.ts';

/** The local days that a check is about, inclusive. */
export interface CheckWindow {
  readonly from: number;
  readonly to: number;
  /** The first of the earlier days that those of the window are compared with. */
  readonly comparedFrom: number;
  /** When the first day begins: epoch seconds UTC. */
  readonly startsAt: number;
}

/** Old gaps do not alarm for ever. */
const DEFAULT_DAYS = 60;

/**
 * The last 60 days, today included, unless other days are named.
 * @param clock of the ledger's zone.
 * @param now epoch seconds UTC.
 */
export function checkWindow(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  clock: ZoneClock,
  now: number,
): CheckWindow {
  const lastDay = to === undefined ? clock.localDay(now) : parseLocalDay(to);
  const firstDay = from === undefined ? lastDay - DEFAULT_DAYS + 1 : parseLocalDay(from);
  return {
    from: firstDay,
    to: lastDay,
    comparedFrom: firstDay - 7 * COMPARED_WEEKS,
    startsAt: clock.dayStart(firstDay),
  };
}
