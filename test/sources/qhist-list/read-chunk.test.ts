import { describe, expect, it } from 'vitest';
import { LINE_LIMIT_BYTES, type RejectCode } from '../../../src/sources/reject.ts';
import { readingContextOf } from '../reading-context-of.ts';
import { SAMPLE_JOB } from '../sample-job.ts';
import { type ListFields, listOf, MORE_FIELDS, recordOf, SAMPLE } from './list-text.ts';
import { idsOf, readList } from './read-list.ts';

const REQUIRED = ['User', 'Queue', 'Job Submit', 'Job End'];
const LABELS = Object.keys(SAMPLE).map((label) => label.replace(/ \(.*/, ''));

describe('a job of a list', () => {
  it('is read to seconds, bytes and instants', () => {
    const { jobs, rejects } = readList(listOf([recordOf('7001.sched1', MORE_FIELDS)]));
    expect(rejects).toEqual([]);
    const { qos } = readingContextOf('derecho').charging;
    const qosCode = qos.findIndex(({ name }) => name === 'premium');
    expect(jobs).toEqual([{ ...SAMPLE_JOB, priority: 'premium', qosCode }]);
  });

  it('has NULL for what the default format does not print', () => {
    const { jobs } = readList(listOf([recordOf('1.s')]));
    expect(jobs).toMatchObject([
      { numcpus: null, numgpus: null, numnodes: null, count: null, cputime: null, reqmem: null },
    ]);
    expect(jobs).toMatchObject([{ elapsed: 5400, memory: 27.75 * 2 ** 30, account: 'NUMB0001' }]);
  });

  it('has NULL where a value is not available, empty, or has no line', () => {
    const optional = Object.keys(SAMPLE).filter((label) => !REQUIRED.includes(label));
    const all = (value: string) =>
      readList(listOf([recordOf('1.s', Object.fromEntries(optional.map((l) => [l, value])))]));
    const none = all('');
    expect(none.rejects).toEqual([]);
    expect(none.jobs).toMatchObject([
      { name: null, status: null, start: null, elapsed: null, memory: null, account: 'none' },
    ]);
    expect(all('N/A').jobs).toEqual(none.jobs);
    const printed = Object.fromEntries(optional.map((label) => [label, 'N/A']));
    for (const empty of ['= ', '=']) {
      const record = recordOf('1.s', printed).replaceAll('= N/A', empty);
      expect(readList(listOf([record])).jobs).toEqual(none.jobs);
    }
  });

  it('is the same in whatever order its fields are', () => {
    const [first, ...lines] = recordOf('1.s', MORE_FIELDS).trimEnd().split('\n');
    const reversed = `${[first, ...lines.toReversed()].join('\n')}\n`;
    expect(readList(listOf([reversed])).jobs).toEqual(
      readList(listOf([recordOf('1.s', MORE_FIELDS)])).jobs,
    );
  });

  it('is in the units of its own labels, whatever those of its neighbours are', () => {
    const inHours = recordOf('1.s', MORE_FIELDS);
    const inMinutes = recordOf('1.s', {
      ...MORE_FIELDS,
      ...{ 'Elapsed (h)': '', 'Walltime (h)': '', 'Waittime (h)': '', 'Used Mem (GB)': '' },
      ...{ 'Elapsed (m)': '90.00', 'Walltime (m)': '720.00', 'Waittime (m)': '120.00' },
      ...{ 'CPU Time': '11535.00', 'Used Mem (MB)': '28416.00' },
    });
    const [hours, minutes, again] = readList(listOf([inHours, inMinutes, inHours])).jobs;
    expect(minutes).toEqual({ ...hours, line: minutes.line });
    expect(again).toEqual({ ...hours, line: again.line });
  });

  it('is in the unit that it was told where its labels name none', () => {
    const fields = { 'Elapsed (h)': '', 'Walltime (h)': '', 'Waittime (h)': '' };
    const bare = { ...fields, Elapsed: '90.00', Walltime: '720.00', 'CPU Time': '11535.00' };
    const record = recordOf('1.s', { ...MORE_FIELDS, ...bare });
    expect(readList(listOf([record]), { timeUnitSeconds: 60 }).jobs).toEqual(
      readList(listOf([recordOf('1.s', MORE_FIELDS)])).jobs,
    );
  });

  it('keeps the raw values of an array as a whole', () => {
    const start = String(epoch('2026-01-15T10:00:00-07:00'));
    const raw = { 'Job Start': start, 'Elapsed (h)': '00:00:00', 'Used Mem (GB)': '0kb' };
    const { jobs } = readList(listOf([recordOf('60[].s', raw), recordOf('60[28].s')]));
    expect(jobs).toMatchObject([
      { short_id: 60, array_index: null, start: Number(start), elapsed: 0, memory: 0 },
      { short_id: 60, array_index: 28, elapsed: 5400 },
    ]);
  });

  it('keeps text as it is, in any script', () => {
    const fields = { 'Job Name': 'a = b "Zoë" 日本 🚀', User: 'Å', Queue: 'größe' };
    expect(readList(listOf([recordOf('1.s', fields)])).jobs).toMatchObject([
      { name: 'a = b "Zoë" 日本 🚀', user: 'Å', queue: 'größe' },
    ]);
  });

  it('has nothing of labels that are not known', () => {
    const fields = { 'Avg Power (W)': '1.00', 'Zoë (x)': '?' };
    expect(readList(listOf([recordOf('1.s', fields)])).jobs).toEqual(
      readList(listOf([recordOf('1.s')])).jobs,
    );
  });
});

describe('a record of another type', () => {
  it('is counted by its type and read no further', () => {
    const requeued = recordOf('2.s', { Type: 'R', 'Job End': 'N/A', User: 'N/A' });
    const read = readList(listOf([recordOf('1.s', { Type: 'E' }), requeued]));
    expect(read).toMatchObject({ skippedLines: 1, otherRecords: { R: 1 }, rejects: [] });
    expect(idsOf(read)).toEqual(['1.s']);
  });
});

describe('the text of a list', () => {
  const ids = ['1.s', '2[3].s', '4'];
  const records = ids.map((id) => recordOf(id));

  it.each([
    ['as qhist prints it', listOf(records)],
    ['with Windows line ends', listOf(records).replaceAll('\n', '\r\n')],
    ['with more blank lines', `\n\n${records.join('\n \n\n')}\n\n`],
    ['without blank lines', records.join('')],
    ['without one at the end', listOf(records).trimEnd()],
    ['with a byte order mark', `\uFEFF${listOf(records)}`],
    ['put together with such marks', records.map((text) => `\uFEFF${text}\n`).join('')],
    ['with blanks behind the ids', listOf(records).replaceAll(/^(\d.*)$/gm, '$1  ')],
  ])('holds the same jobs: %s', (_, text) => {
    const read = readList(text);
    expect(read.rejects).toEqual([]);
    expect(idsOf(read)).toEqual(ids);
    expect(read.lines).toBe(text.split('\n').length - 1);
    const lines = text.split('\n').map((line) => line.replace('\uFEFF', '').trim());
    expect(read.jobs.map(({ line }) => line)).toEqual(ids.map((id) => lines.indexOf(id)));
  });

  it('may hold no job', () => {
    for (const text of ['', '\n', '\r\n\n', '\uFEFF']) {
      expect(readList(text)).toMatchObject({ jobs: [], rejects: [], skippedLines: 0 });
    }
  });
});

describe('a record that is no job', () => {
  it.each<[RejectCode, string, ListFields]>([
    ['missing-value', '"User" is missing or empty', { User: 'N/A' }],
    ['missing-value', '"Queue" is missing or empty', { Queue: '' }],
    ['missing-value', '"Job Submit" is missing or empty', { 'Job Submit': '' }],
    ['missing-value', '"Job End" is missing or empty', { 'Job End': 'N/A' }],
    ['bad-time', '"Job Start" is "noon", not a time', { 'Job Start': 'noon' }],
    ['skipped-hour', '"Job Submit" is "2025-03-09 02', { 'Job Submit': '2025-03-09 02:30:00' }],
    ['bad-number', '"Elapsed" is "-1.50", not a duration', { 'Elapsed (h)': '-1.50' }],
    ['bad-number', '"Used Mem" is "x", not a memory', { 'Used Mem (GB)': 'x' }],
    ['bad-number', '"NCPUs" is "1.5", not a whole', { NCPUs: '1.5' }],
    ['bad-number', '"Avg CPU" is "?", not a number', { 'Avg CPU (%)': '?' }],
    ['end-before-start', 'ends 1 s before', { 'Job End': '2026-01-15 09:59:59' }],
    ['control-character', 'holds a control character', { 'Job Name': 'a\tb' }],
    ['control-character', 'holds a control character', { 'Job Name': 'a\rb' }],
    ['bad-record', '"Used Mem" is in the unit "XB", which', { 'Used Mem (XB)': '1.00' }],
    ['bad-record', '"Elapsed" is in the unit "w", which', { 'Elapsed (w)': '1.00' }],
    ['bad-record', '"User" is there twice', { 'User ': 'eve' }],
    ['bad-record', '"Elapsed" is there twice', { 'Elapsed (m)': '90.00' }],
  ])('%s: %s', (code, reason, fields) => {
    const others = Object.keys(fields).flatMap((label) => {
      const unit = /^(Used Mem|Elapsed) \((XB|w)\)$/.exec(label);
      return unit === null ? [] : [[`${unit[1]} (${unit[1] === 'Elapsed' ? 'h' : 'GB'})`, '']];
    });
    expectOnlyReject(recordOf('5.s', { ...fields, ...Object.fromEntries(others) }), code, reason);
  });

  it.each<[RejectCode, string, string]>([
    ['bad-job-id', 'the job id is "abc.s", not a job id', recordOf('abc.s')],
    ['bad-job-id', 'the job id is "5[.s", not a job id', recordOf('5[.s')],
    ['bad-record', 'no job id stands above them', recordOf('5.s').slice(4)],
    ['bad-record', 'no fields stand below it', '5.s\n'],
    ['bad-record', 'no fields stand below it', 'Warning: no log of 20260116\n'],
    ['bad-record', 'the line "   Job Na" is not', recordOf('5.s').split('me  ')[0].concat('\n')],
    ['bad-record', 'the line "Job Name = x" is not', `${recordOf('5.s')}Job Name = x\n`],
    ['bad-record', 'the line "  and more" is not', `${recordOf('5.s')}  and more\n`],
  ])('%s: %s', (code, reason, text) => {
    expectOnlyReject(text, code, reason);
  });

  it('bad-record: two that have run into one', () => {
    const cut = recordOf('5.s').slice(0, -20);
    expectOnlyReject(cut + recordOf('6.s'), 'bad-record', 'is there twice');
  });

  it('bad-record: one that lacks a label which the others of its list have', () => {
    const [, ...lines] = recordOf('5.s').trimEnd().split('\n');
    for (let kept = 1; kept < lines.length; kept++) {
      const cutOff = `${['5.s', ...lines.slice(0, kept)].join('\n')}\n`;
      for (const text of [[cutOff], [cutOff, recordOf('2.s')]]) {
        const read = readList(listOf([recordOf('1.s'), ...text]), {
          timeUnitSeconds: 3600,
          labels: LABELS,
        });
        expect(read.rejects).toMatchObject([{ code: 'bad-record' }]);
        expect(read.rejects[0].reason).toContain(`has no "${LABELS[kept]}"`);
        expect(idsOf(read)).toEqual(['1.s', '2.s'].slice(0, text.length));
      }
    }
  });

  it('bad-encoding: bytes that are no UTF-8', () => {
    const bytes = Buffer.from(listOf([recordOf('1.s', { User: 'é' }), recordOf('2.s')]), 'latin1');
    const read = readList(bytes);
    expect(read.rejects).toMatchObject([{ code: 'bad-encoding', line: 0, byteOffset: 0 }]);
    expect(idsOf(read)).toEqual(['2.s']);
  });

  it('line-too-long: more than any record', () => {
    const long = recordOf('5.s', { 'Job Name': 'x'.repeat(LINE_LIMIT_BYTES) });
    const read = readList(listOf([recordOf('1.s'), long, recordOf('2.s')]));
    expect(read.rejects[0]).toMatchObject({ code: 'line-too-long' });
    expect(idsOf(read)).toEqual(['1.s', '2.s']);
  });

  it('leaves nothing of itself to the tables of names or to the job after it', () => {
    const names = { User: 'mallory', Account: 'MALL0001', 'GPU Type': 'fake', NCPUs: '9' };
    const bad = recordOf('5[6].s', { ...names, 'Job End': '2001-01-01 00:00:00' });
    const alone = readList(listOf([recordOf('2.s')]));
    const after = readList(listOf([bad, recordOf('2.s')]));
    expect(after.batch.tables).toEqual(alone.batch.tables);
    expect(after.jobs).toEqual([{ ...alone.jobs[0], line: expect.any(Number) }]);
  });
});

/** Puts a record between good ones: it alone is rejected, in its place. */
function expectOnlyReject(text: string, code: RejectCode, reason: string): void {
  const before = listOf([recordOf('1.s')]);
  const read = readList(before + listOf([text, recordOf('2.s')]));
  expect(read.rejects).toEqual([
    {
      line: before.split('\n').length - 1,
      byteOffset: before.length,
      code,
      reason: expect.stringContaining(reason),
      rawText: text,
    },
  ]);
  expect(idsOf(read)).toEqual(['1.s', '2.s']);
}

function epoch(text: string): number {
  return Date.parse(text) / 1000;
}
