/** A local day is kept as the number of days since 1970-01-01 and shown as `YYYY-MM-DD`. */
export function formatLocalDay(localDay: number): string {
  return new Date(localDay * 86_400_000).toISOString().slice(0, 10);
}

/** @returns the local day of a `YYYY-MM-DD` date, or NaN if it is not one. */
export function parseLocalDay(text: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return Number.NaN;
  const day = Date.parse(`${text}T00:00:00Z`) / 86_400_000;
  return Number.isNaN(day) || formatLocalDay(day) !== text ? Number.NaN : day;
}
