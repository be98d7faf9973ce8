import { zoneTable } from '../src/site/zone-table.ts';
import { brokenRecord, type NamedRecord, type RecordField } from './broken-record.ts';
import type { ExportFormat } from './export-history.ts';
import type { HistoryOptions } from './history-options.ts';
import { LocalTimeText } from './local-time-text.ts';
import { pythonFixed2 } from './python-float.ts';
import type { SyntheticJob } from './synthetic-job.ts';

const GIBIBYTE = 2 ** 30;
const LABEL_WIDTH = 'Used Mem (GB)'.length;

/** What `qhist -l` writes with its default fields: a paragraph for every job. */
export function qhistListFormat({ machine }: HistoryOptions): ExportFormat {
  const time = new LocalTimeText(zoneTable(machine.zone));
  return {
    head: '',
    between: '',
    tail: '',
    printJob: (job) => qhistListJob(qhistListRecord(job, time)),
    printBroken: (job, ordinal, random) =>
      qhistListJob(
        brokenRecord(qhistListRecord(job, time), ordinal, random, {
          ...SPOILING,
          withComma: `${job.name},v2`,
          earlierTime: time.print(Math.floor(job.submit / 2)),
        }),
      ),
  };
}

/** A paragraph with the blank line that ends it; that line alone where there is no field. */
export function qhistListJob({ id, fields }: NamedRecord): string {
  if (fields.length === 0) return '\n';
  const lines = fields.map(([label, text]) => `   ${label.padEnd(LABEL_WIDTH)} = ${text}\n`);
  return `${id}\n${lines.join('')}\n`;
}

/** Durations in hours and memory in GB of 2^30 bytes, both with two decimals; NULL is `N/A`. */
export function qhistListRecord(job: SyntheticJob, time: LocalTimeText): NamedRecord {
  const averageCpu = job.cpuPercent === null ? null : job.cpuPercent / job.numcpus;
  const fields: RecordField[] = [
    ['User', job.user],
    ['Queue', job.queue],
    ['Job Submit', time.print(job.submit)],
    ['Eligible Time', time.print(job.eligible)],
    ['Job Start', time.print(job.start)],
    ['Job End', time.print(job.end)],
    ['Used Mem (GB)', rounded(job.memoryBytes, GIBIBYTE)],
    ['Avg CPU (%)', rounded(averageCpu, 1)],
    ['Waittime (h)', rounded(job.start - job.eligible, 3600)],
    ['Walltime (h)', rounded(job.walltimeSeconds, 3600)],
    ['Elapsed (h)', rounded(job.elapsedSeconds, 3600)],
    ['Job Name', job.name],
    ['Exit Status', job.status],
    ['Account', job.account],
    ['Resources', job.resources],
  ];
  return { id: job.jobId, fields };
}

const SPOILING = {
  name: 'Job Name',
  start: 'Job Start',
  end: 'Job End',
  // The list has no counts.
  number: 'Elapsed (h)',
  unreadableTimes: ['2025-02-31 08:15:00', 'yesterday', '2025-06-12 8h15', '25:61:00'],
  notNumbers: ['many', '12x', '0x80'],
  notAnId: 'unknown.job',
  cut: (text: string) => text.slice(0, text.length >> 1),
};

function rounded(value: number | null, unit: number): string {
  return value === null ? 'N/A' : pythonFixed2(value / unit);
}
