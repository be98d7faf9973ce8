import { TomlDate } from 'smol-toml';
import * as v from 'valibot';
import type { EffectiveDays } from '../charging/rule-set.ts';
import { parseDuration } from './duration.ts';
import { parseLocalDay } from './local-day.ts';

/*
 * The message of every schema says what is allowed; the report adds where it is and what was found.
 * The message of a raw check is a sentence of its own.
 */
export const text = v.pipe(v.string('a text'), v.nonEmpty('a text that is not empty'));
export const amount = v.pipe(
  v.number('a number'),
  v.finite('a finite number'),
  v.minValue(0, 'a number of 0 or more'),
);

export const globs = v.union(
  [text, v.pipe(v.array(text), v.minLength(1, 'at least one glob'))],
  'a glob, such as "*gpu*", or a list of them',
);

const DAY_ALLOWED = 'a day, such as 2025-10-01';
export const day = v.pipe(
  v.union([v.string(), v.instance(TomlDate)], DAY_ALLOWED),
  v.transform((value) => (typeof value === 'string' ? value : value.toISOString())),
  v.check((value) => !Number.isNaN(parseLocalDay(value)), DAY_ALLOWED),
);

const DURATION_ALLOWED = 'a duration above 0, such as "15m", in s, m, h or d';
export const seconds = v.pipe(
  v.string(DURATION_ALLOWED),
  v.check((value) => parseDuration(value) > 0, DURATION_ALLOWED),
  v.transform(parseDuration),
);

export function daysInOrder({ from, to }: EffectiveDays): boolean {
  return from === undefined || to === undefined || from <= to;
}
