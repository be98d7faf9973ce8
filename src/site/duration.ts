const UNIT_SECONDS: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
]);

/** Reads a duration such as `15m`, in s, m, h or d. @returns seconds, or NaN where it is none. */
export function parseDuration(text: string): number {
  const unitSeconds = UNIT_SECONDS.get(text.slice(-1));
  const count = text.slice(0, -1);
  if (unitSeconds === undefined || !/^\d+(\.\d+)?$/.test(count)) return Number.NaN;
  return Number(count) * unitSeconds;
}

/** Writes whole seconds the same way, in the largest unit that leaves no fraction: 900 is `15m`. */
export function durationName(seconds: number): string {
  const [unit, unitSeconds] = [...UNIT_SECONDS].findLast(([, each]) => seconds % each === 0) ?? [
    's',
    1,
  ];
  return `${seconds / unitSeconds}${unit}`;
}
