const UNIT_BYTES: ReadonlyMap<string, number> = new Map([
  ['MiB', 2 ** 20],
  ['GiB', 2 ** 30],
  ['TiB', 2 ** 40],
]);

/** Reads an amount of memory such as `256GiB`, in MiB, GiB or TiB. @returns bytes, or NaN where it is none. */
export function parseMemorySize(text: string): number {
  const [, count, unit] = /^(\d+(?:\.\d+)?) ?(\w+)$/.exec(text) ?? [];
  const bytes = Number(count) * (UNIT_BYTES.get(unit ?? '') ?? Number.NaN);
  return Number.isSafeInteger(bytes) ? bytes : Number.NaN;
}
