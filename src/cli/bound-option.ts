import { SEARCH_COLUMNS, searchColumn } from '../reports/search/job-columns.ts';
import type { Bound } from '../reports/search/job-filter.ts';
import { nearestName } from '../site/nearest-name.ts';
import { UsageError } from './usage-error.ts';

const UNITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  seconds: { '': 1, s: 1, m: 60, h: 3600, d: 86_400 },
  bytes: { '': 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 },
};
const AMOUNT = /^(-?\d+(?:\.\d+)?)([A-Za-z]*)$/;

/** Reads `--min nodes=4` and the like. @throws UsageError */
export function readBound(option: 'min' | 'max', text: string): Bound {
  const [column, value = ''] = text.split('=', 2);
  const known = searchColumn(column);
  const countable = SEARCH_COLUMNS.filter(({ kind }) => kind !== 'text' && kind !== 'date');
  if (known === undefined || !countable.includes(known)) {
    const names = countable.map(({ key }) => key);
    const nearest = nearestName(column, names);
    throw new UsageError(
      `--${option} ${text}: ${nearest === undefined ? '' : `did you mean ${nearest}? `}` +
        `There are ${names.join(', ')}.`,
    );
  }
  const [, amount, unit] = AMOUNT.exec(value) ?? [];
  const scale = amount === undefined ? undefined : (UNITS[known.kind] ?? { '': 1 })[unit];
  if (scale === undefined) {
    const units = Object.keys(UNITS[known.kind] ?? {}).filter((name) => name !== '');
    throw new UsageError(
      `--${option} ${text}: "${value}" is not a number` +
        `${units.length === 0 ? '' : `, with or without a unit of ${units.join(', ')}`}`,
    );
  }
  const bound = Number(amount) * scale;
  return { column, min: option === 'min' ? bound : null, max: option === 'max' ? bound : null };
}
