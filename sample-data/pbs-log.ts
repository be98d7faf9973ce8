import { brokenRecord, type NamedRecord, type RecordField } from './broken-record.ts';
import type { JobEvent } from './job-events.ts';
import type { LocalTimeText } from './local-time-text.ts';
import {
  type AccountedJob,
  endAttributes,
  type PbsAttribute,
  queuedAttributes,
  startAttributes,
} from './pbs-attributes.ts';
import type { SeededRandom } from './random/seeded-random.ts';

/** What happened, as lines of a PBS accounting log with their line ends. */
export function pbsLogLines(event: JobEvent, time: LocalTimeText): string {
  const { type, second, accounted } = event;
  const { job } = accounted;
  const stamp = pbsStamp(second, time);
  switch (type) {
    case 'Q':
      return queuedLines(stamp, accounted);
    case 'a':
      return `${stamp};a;${job.jobId};Priority=1000\n`;
    case 'S':
      return `${stamp};S;${job.jobId};${message(startAttributes(accounted))} \n`;
    case 'D':
      return `${stamp};D;${job.jobId};requestor=${job.user}@login1.${accounted.machine.name}.example\n`;
    case 'R':
    case 'E':
      return recordLine(stamp, type, endRecord(accounted));
  }
}

/** The line of a job's end, spoilt in the nth way. */
export function brokenPbsLogLine(
  { second, accounted }: JobEvent,
  time: LocalTimeText,
  ordinal: number,
  random: SeededRandom,
): string {
  const earlierTime = String(Math.floor(accounted.job.submit / 2));
  const withComma = `${accounted.job.name},v2`;
  const how = { ...SPOILING, earlierTime, withComma };
  const record = brokenRecord(endRecord(accounted), ordinal, random, how);
  return record.fields.length === 0 ? '\n' : recordLine(pbsStamp(second, time), 'E', record);
}

/** What the server notes about its licences, once a day in this log. */
export function pbsLicenceLine(second: number, time: LocalTimeText): string {
  return `${pbsStamp(second, time)};L;license;floating license hour:0 day:0 month:0 max:0\n`;
}

const SPOILING = {
  name: 'jobname',
  start: 'start',
  end: 'end',
  number: 'Resource_List.ncpus',
  unreadableTimes: ['yesterday', '17672391x2', '2025-02-31', '8h15'],
  notNumbers: ['many', '12x', '0x80'],
  notAnId: '',
  cut: (text: string) => text.slice(0, text.length >> 1),
};

/** `2025-12-31 20:30:33` in the order of PBS: `12/31/2025 20:30:33`. */
function pbsStamp(second: number, time: LocalTimeText): string {
  const text = time.print(second);
  return `${text.slice(5, 7)}/${text.slice(8, 10)}/${text.slice(0, 4)}${text.slice(10)}`;
}

/** A job comes into the queue for everyone first and is passed on at once; `etime` is 0 while it is held. */
function queuedLines(stamp: string, accounted: AccountedJob): string {
  const { job, details, machine } = accounted;
  const id = job.jobId.replace('[1]', '[]');
  const { routeQueue } = machine.accounting;
  const line = (queue: string, etime: number) =>
    `${stamp};Q;${id};${message(queuedAttributes(accounted, queue, etime))} \n`;
  const queued = line(job.queue, job.eligible > details.queued ? 0 : job.eligible);
  return job.queue === routeQueue ? queued : line(routeQueue, 0) + queued;
}

function endRecord(accounted: AccountedJob): NamedRecord {
  const fields = endAttributes(accounted).map(
    (attribute): RecordField => [attribute.name, pbsText(attribute)],
  );
  return { id: accounted.job.jobId, fields };
}

function recordLine(stamp: string, type: 'E' | 'R', { id, fields }: NamedRecord): string {
  return `${stamp};${type};${id};${fields.map(([name, text]) => `${name}=${text}`).join(' ')}\n`;
}

function message(attributes: readonly PbsAttribute[]): string {
  return attributes.map((attribute) => `${attribute.name}=${pbsText(attribute)}`).join(' ');
}

function pbsText({ kind, value }: PbsAttribute): string {
  switch (kind) {
    case 'text':
      return value;
    case 'account':
      return `"${value}"`;
    case 'time':
    case 'count':
      return String(value);
    case 'duration':
      return hoursMinutesSeconds(value);
    case 'asked memory':
      return `${value / 2 ** 30}gb`;
    case 'used memory':
      return `${value / 2 ** 10}kb`;
  }
}

/** With as many digits of hours as it takes. */
function hoursMinutesSeconds(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return [hours, minutes, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
