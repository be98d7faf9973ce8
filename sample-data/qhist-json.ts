import { zoneTable } from '../src/site/zone-table.ts';
import { accountingDetails } from './accounting-details.ts';
import { brokenRecord, type NamedRecord, type RecordField } from './broken-record.ts';
import type { ExportFormat } from './export-history.ts';
import type { HistoryOptions } from './history-options.ts';
import { LocalTimeText } from './local-time-text.ts';
import { type AccountedJob, endAttributes, type PbsAttribute } from './pbs-attributes.ts';
import { pythonFloat } from './python-float.ts';

const GIBIBYTE = 2 ** 30;

/** What `qhist -J` writes: one object of all jobs. */
export function qhistJsonFormat(options: HistoryOptions): ExportFormat {
  const { machine, seed } = options;
  const time = new LocalTimeText(zoneTable(machine.zone));
  const record = (job: AccountedJob['job']) =>
    qhistJsonRecord({ job, details: accountingDetails(job, machine, seed), machine }, time);
  return {
    head: qhistJsonHead(exportedAt(options)),
    between: JOB_SEPARATOR,
    tail: QHIST_JSON_TAIL,
    printJob: (job) => qhistJsonJob(record(job)),
    printBroken: (job, ordinal, random) =>
      qhistJsonJob(
        brokenRecord(record(job), ordinal, random, {
          ...SPOILING,
          withComma: quoted(`${job.name},v2`),
          earlierTime: quoted(time.print(Math.floor(job.submit / 2))),
        }),
      ),
  };
}

/** @param timestamp when the export was made, as epoch seconds. */
export function qhistJsonHead(timestamp: number): string {
  return `{\n    "timestamp":${timestamp},\n    "Jobs":{\n`;
}

export const JOB_SEPARATOR = ',\n';

export const QHIST_JSON_TAIL = '\n    }\n}\n';

/** A job's id and its object, without line end; the short id is printed as the id has it. */
export function qhistJsonJob({ id, fields }: NamedRecord): string {
  const head = `        ${quoted(id)}: {`;
  if (fields.length === 0) return `${head}}`;
  const [time, type, ...others] = fields;
  const shortId: RecordField = ['short_id', quoted(id.split('.', 1)[0])];
  return `${head}\n${objectLines([time, type, shortId, ...others])}\n        }`;
}

/** A job as PBS's record of its end, read by qhist: names, order and types are those that Python prints. */
export function qhistJsonRecord(accounted: AccountedJob, time: LocalTimeText): NamedRecord {
  const { job } = accounted;
  const fields: RecordField[] = [
    ['time', quoted(time.print(job.end))],
    ['type', '"E"'],
  ];
  for (const attribute of endAttributes(accounted)) {
    const { name } = attribute;
    fields.push([name.replaceAll('-', '_'), jsonText(attribute, time)]);
  }
  if (job.cpuPercent !== null) {
    const average: RecordField = [
      'resources_used.avgcpu',
      pythonFloat(job.cpuPercent / job.numcpus),
    ];
    fields.splice(
      fields.findLastIndex(([name]) => name.startsWith('resources_used.')) + 1,
      0,
      average,
    );
  }
  fields.push(['waittime', pythonFloat((job.start - job.eligible) / 3600)]);
  return { id: job.jobId, fields };
}

const SPOILING = {
  name: 'jobname',
  start: 'start',
  end: 'end',
  number: 'Resource_List.ncpus',
  unreadableTimes: ['2025-02-31 08:15:00', 'yesterday', '2025-06-12 8h15', '25:61:00'].map(quoted),
  notNumbers: ['many', '12x', '0x80'].map(quoted),
  notAnId: '',
  cut: (text: string) => text,
};

/** Fields with a dot in their name are those of an object of their own, and stand together. */
function objectLines(fields: readonly RecordField[]): string {
  let lines = '';
  let group = '';
  for (const [name, text] of fields) {
    const dot = name.indexOf('.');
    const fieldGroup = dot === -1 ? '' : name.slice(0, dot);
    if (lines !== '' && (fieldGroup === group || group === '')) lines += ',\n';
    if (fieldGroup !== group) {
      if (group !== '') lines += '\n            },\n';
      if (fieldGroup !== '') lines += `            "${fieldGroup}": {\n`;
      group = fieldGroup;
    }
    lines += `${group === '' ? '            ' : '                '}"${name.slice(dot + 1)}": ${text}`;
  }
  return group === '' ? lines : `${lines}\n            }`;
}

function jsonText({ kind, value }: PbsAttribute, time: LocalTimeText): string {
  switch (kind) {
    case 'text':
    case 'account':
      return quoted(value);
    case 'time':
      return quoted(time.print(value));
    case 'duration':
      return pythonFloat(value / 3600);
    case 'count':
      return String(value);
    case 'asked memory':
    case 'used memory':
      return pythonFloat(value / GIBIBYTE);
  }
}

/** Python escapes whatever is not printable ASCII; hardly any text needs it. */
function quoted(text: string): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The morning after the last day, more or less: the same for the same options. */
function exportedAt({ jobs, broken, jobsPerDay, firstDay, seed }: HistoryOptions): number {
  const days = Math.ceil((jobs + broken) / jobsPerDay);
  return (firstDay + days + 1) * 86_400 + (seed % 3600);
}
