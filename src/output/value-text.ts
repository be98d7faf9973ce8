import type { ColumnKind, ReportValue } from '../reports/report.ts';
import { binarySizeText, countText, durationText, hoursText } from './number-text.ts';
import { visibleText } from './visible-text.ts';

/** A value as people read it: rounded, with its unit where the kind has one; `-` where it is not known. */
export function valueText(value: ReportValue, kind: ColumnKind): string {
  if (value === null) return '-';
  if (typeof value === 'string') return visibleText(value);
  switch (kind) {
    case 'hours':
      return hoursText(value);
    case 'share':
      return `${(100 * value).toFixed(1)} %`;
    case 'seconds':
      return durationText(value);
    case 'bytes':
      return binarySizeText(value);
    case 'number':
      return value.toFixed(2);
    default:
      return countText(value);
  }
}

/** Numbers stand at the right, so that their digits are below each other. */
export function alignOf(kind: ColumnKind): 'left' | 'right' {
  return kind === 'text' || kind === 'date' ? 'left' : 'right';
}
