const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const HOURS = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

export function countText(count: number): string {
  return COUNT.format(count);
}

export function hoursText(hours: number): string {
  return HOURS.format(hours);
}

/** Decimal megabytes or gigabytes, as file managers show them. */
export function sizeText(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}
