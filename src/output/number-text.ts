/** Whole, in groups of three digits. */
export function countText(count: number): string {
  return decimalText(count, 0);
}

export function hoursText(hours: number): string {
  return decimalText(hours, 1);
}

/** Decimal megabytes or gigabytes, as file managers show them. */
export function sizeText(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

/** Powers of 1024, as schedulers count memory. */
export function binarySizeText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  return `${(bytes / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

/** `1d 02:03:04`, as walltimes are written. */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  const clock = [Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  const days = Math.floor(whole / 86_400);
  return days === 0 ? clock : `${days}d ${clock}`;
}

/** Below this, the digits of a number that count here are exact. */
const USUAL = 1e12;

/**
 * Rounded, in groups of three digits, as `Intl` does it for English; what is rounded to 0 has no sign. `Intl` needs 12 ms to get
 * ready, a tenth of a short command, so only unusual numbers are left to it.
 */
function decimalText(value: number, digits: number): string {
  if (!(Math.abs(value) < USUAL)) {
    const always = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return value.toLocaleString('en-US', always);
  }
  // Not toFixed alone, to which 0.15 is less than halfway, as no double is quite that.
  const rounded = Math.round(Math.abs(value) * 10 ** digits) / 10 ** digits;
  const sign = value < 0 && rounded > 0 ? '-' : '';
  return sign + rounded.toFixed(digits).replace(/\B(?=(?:\d{3})+(?!\d))/g, ',');
}
