import Table from 'cli-table3';
import type { LoadResult } from './load-result.ts';

const HEAD = [
  'tool',
  'seconds',
  'jobs/s',
  'CPU s',
  'peak RSS MB',
  'database MB',
  'ratio to DuckDB',
];

/** Above this share of the cores in use by others the times say little. */
const BUSY_SHARE = 0.25;

/** The result for people: a table of medians and a line that says what they hold for. MB are 10^6 bytes. */
export function loadTable(result: LoadResult): string {
  const table = new Table({
    head: HEAD,
    colAligns: ['left', ...HEAD.slice(1).map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, median } of result.contenders) {
    table.push([
      name,
      fixed(median.wallSeconds, 2),
      fixed(median.jobsPerSecond, 0),
      fixed(median.cpuSeconds, 1),
      megabytes(median.peakRssBytes),
      megabytes(median.databaseBytes),
      fixed(median.ratioToDuckdb, 2),
    ]);
  }
  const { host, jobs, sourceBytes, rounds, meter } = result;
  const versions = result.contenders.map(({ name, version }) => `${name} ${version}`);
  const lines = [
    table.toString(),
    `${fixed(jobs, 0)} jobs, ${megabytes(sourceBytes)} MB of CSV, ` +
      `median of ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, measured by ${meter}`,
    `${host.cores} cores, ${host.cpuModel}, ${host.platform}, Node ${host.node}, ${versions.join(', ')}`,
  ];
  if (host.loadAverage > host.cores * BUSY_SHARE) {
    lines.push(
      `The machine was busy before the start (load average ${fixed(host.loadAverage, 1)}): ` +
        'go by CPU seconds, or run again when it is idle.',
    );
  }
  return lines.join('\n');
}

function megabytes(bytes: number | null): string {
  return fixed(bytes === null ? null : bytes / 1e6, 0);
}

function fixed(value: number | null, digits: number): string {
  if (value === null) return '-';
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
