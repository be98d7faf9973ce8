import type { Measure } from '../../reports/charts/figure.ts';
import { countText } from '../number-text.ts';

/** How an axis shows its values: divided by a factor. */
export interface AxisScale {
  /** What the values are in, where they are more than a number. */
  readonly unit: string | null;
  readonly factor: number;
  /** Of a value that was divided. */
  text(value: number): string;
}

const PREFIXES = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;
const TIMES = [
  [86_400, 'days', 'd'],
  [3600, 'hours', 'h'],
  [60, 'minutes', 'min'],
] as const;
/** So many of a unit are still read with ease. */
const MANY = 3;
const THOUSANDS_FROM = 10_000;

/** The scale of an axis whose largest value is known: one unit and one prefix for all its values. */
export function axisScale(measure: Measure, largest: number): AxisScale {
  switch (measure.kind) {
    case 'seconds': {
      const [factor, unit] = TIMES.find(([factor]) => largest >= MANY * factor) ?? [1, 'seconds'];
      return { unit, factor, text: plainText };
    }
    case 'share':
      return { unit: null, factor: 0.01, text: (value) => `${plainText(value)} %` };
    default: {
      const [factor, prefix] = PREFIXES.find(
        ([factor]) => largest >= Math.max(0.6 * factor, THOUSANDS_FROM),
      ) ?? [1, ''];
      return {
        unit: measure.unit ?? null,
        factor,
        text: (value) => (value === 0 ? '0' : `${plainText(value)}${prefix}`),
      };
    }
  }
}

/** `CPU hours (core-hours)`. */
export function withUnit(label: string, unit: string | null): string {
  return unit === null ? label : `${label} (${unit})`;
}

/** A value beside its bar: three digits, with its prefix or unit. */
export function shortText(value: number, { kind }: Measure): string {
  switch (kind) {
    case 'seconds':
      return timeText(value);
    case 'share':
      return `${(100 * value).toFixed(value < 0.1 && value > 0 ? 1 : 0)} %`;
    case 'number':
      return value < 1000 ? value.toFixed(2) : prefixed(value);
    default:
      return value < THOUSANDS_FROM ? small(value, kind === 'count') : prefixed(value);
  }
}

/** `35 s`, `12 min`, `1.2 h`. */
export function timeText(seconds: number): string {
  const [factor, , unit] = TIMES.find(([factor]) => seconds >= factor) ?? [1, 'seconds', 's'];
  const count = seconds / factor;
  return `${count.toFixed(count < 10 ? 1 : 0).replace(/\.0$/, '')} ${unit}`;
}

function small(value: number, isCount: boolean): string {
  if (value === 0 || value >= 100 || (isCount && Number.isInteger(value))) return countText(value);
  return value < 0.1 ? '< 0.1' : value.toFixed(1);
}

function prefixed(value: number): string {
  // What would be rounded up to 1,000k is 1M.
  const [factor, prefix] = PREFIXES.find(([factor]) => value >= 0.9995 * factor) ?? [1, ''];
  return `${threeDigits(value / factor)}${prefix}`;
}

function threeDigits(value: number): string {
  if (value >= 100 || Number.isInteger(value)) return countText(value);
  return value.toFixed(value >= 10 ? 1 : 2).replace(/\.?0+$/, '');
}

function plainText(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}
