import { parseLocalDay } from '../site/local-day.ts';
import type { EffectiveDays } from './rule-set.ts';

/** Local days as numbers, both included. */
export interface DayRange {
  readonly first: number;
  readonly last: number;
}

/** What is left out is open. */
export function dayRange({ from, to }: EffectiveDays): DayRange {
  return {
    first: from === undefined ? Number.NEGATIVE_INFINITY : parseLocalDay(from),
    last: to === undefined ? Number.POSITIVE_INFINITY : parseLocalDay(to),
  };
}

export function isUndated({ from, to }: EffectiveDays): boolean {
  return from === undefined && to === undefined;
}

export function holdsOn({ first, last }: DayRange, localDay: number): boolean {
  return localDay >= first && localDay <= last;
}
