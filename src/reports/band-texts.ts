const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** A bound of memory as bands name it. */
export function binarySize(bytes: number): string {
  if (bytes === 0) return '0';
  if (bytes >= 1024 * GIB) return `${Math.floor(bytes / (1024 * GIB))} TiB`;
  if (bytes >= GIB) return `${Math.floor(bytes / GIB)} GiB`;
  return bytes >= MIB ? `${Math.floor(bytes / MIB)} MiB` : '0';
}

/** A bound of a run time as bands name it. */
export function duration(seconds: number): string {
  if (seconds < 60) return seconds === 0 ? '0' : `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} d`;
}
