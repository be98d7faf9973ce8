import { describe, expect, it } from 'vitest';

import { SAMPLE_JOB } from '../sample-job.ts';
import {
  ALL_LABELS,
  DEFAULT_LABELS,
  exportLine,
  exportText,
  type JobFields,
  type Label,
} from './export-line.ts';
import { readExport } from './read-export.ts';

const HEADER = ALL_LABELS.join(',');
const WITH_TYPE: readonly Label[] = [...ALL_LABELS, 'Type'];

describe('a job of an export', () => {
  it('is read to seconds, bytes and instants', () => {
    const [job] = readExport(exportText([{}])).jobs;
    expect(job).toEqual(SAMPLE_JOB);
  });

  it('has NULL where a field is empty', () => {
    const optional = ALL_LABELS.filter(
      (label) => !['Job ID', 'User', 'Queue', 'Job Submit', 'Job End'].includes(label),
    );
    const empty = Object.fromEntries(optional.map((label) => [label, '']));
    const { jobs, rejects } = readExport(exportText([empty]), { machine: 'casper' });
    expect(rejects).toEqual([]);
    const filled = Object.entries(jobs[0]).filter(([, value]) => value !== null);
    expect(filled.map(([name]) => name).sort()).toEqual(
      [
        ...['account', 'cpu_hours', 'end', 'endDay', 'gpu_hours', 'incomplete', 'job_id', 'line'],
        ...['memory_hours', 'qosCode', 'queue', 'short_id', 'submit', 'user'],
      ].sort(),
    );
  });

  it('has NULL where an export has no such column', () => {
    const [job] = readExport(exportText([{}], DEFAULT_LABELS)).jobs;
    expect(job).toMatchObject({ numcpus: null, numgpus: null, numnodes: null, count: null });
    expect(job).toMatchObject({ cputime: null, reqmem: null, avgcpu: 50, elapsed: 5400 });
  });

  it('is the same whatever the order of the columns', () => {
    const reversed = exportText([{}, { 'Job ID': '8[3].s' }], ALL_LABELS.slice(1).toReversed());
    expect(readExport(reversed).jobs).toEqual(
      readExport(exportText([{}, { 'Job ID': '8[3].s' }])).jobs,
    );
  });

  it('is the same in whatever unit its durations and sizes are printed', () => {
    const inHours = readExport(exportText([{}]));
    const fields: JobFields = { Elapsed: '90.0', Walltime: '720.0', 'CPU Time': '11535.0' };
    const inMinutes = readExport(exportText([fields]), { timeUnit: 'm' });
    expect(inMinutes.jobs).toEqual(inHours.jobs);
    const header = HEADER.replace('Elapsed', 'Elapsed (s)')
      .replace('Walltime', 'Walltime (d)')
      .replace('Used Mem', 'Used Mem (MB)')
      .replace('Req Mem', 'Req Mem (TB)')
      .replace('Virt Mem', 'Virt Mem (KB)')
      .replace('Avg CPU', 'Avg CPU (%)')
      .replace('CPU Time', 'CPU Time (h)');
    const line = exportLine({
      Elapsed: '5400',
      Walltime: '0.5',
      'Used Mem': '28416.0',
      'Req Mem': '0.458984375',
      'Virt Mem': '28835840.0',
    });
    expect(readExport(`${header}\n${line}\n`).jobs).toEqual(inHours.jobs);
  });

  it('keeps text as it is, in any script', () => {
    const fields = { 'Job Name': "Zoë's 日本 🚀; =1+1", User: 'Å', Queue: 'größe', Account: '-' };
    const [job] = readExport(exportText([fields])).jobs;
    expect(job).toMatchObject({
      name: "Zoë's 日本 🚀; =1+1",
      user: 'Å',
      queue: 'größe',
      account: '-',
    });
  });

  it('of an array has its index', () => {
    const ids = ['9[4].sched1', '9[].sched1', '9'];
    const { jobs } = readExport(exportText(ids.map((id) => ({ 'Job ID': id }))));
    expect(
      jobs.map(({ job_id, short_id, array_index }) => [job_id, short_id, array_index]),
    ).toEqual([
      ['9[4].sched1', 9, 4],
      ['9[].sched1', 9, null],
      ['9', 9, null],
    ]);
  });

  it('may keep raw forms, as an array as a whole does', () => {
    const fields = {
      'Job ID': '6049117[].sched1',
      Elapsed: '01:30:00',
      'CPU Time': '192:15:00',
      'Used Mem': '29097984kb',
      'Virt Mem': '0kb',
      'CPU Percent': '0',
      'Avg CPU': '',
    };
    const { jobs, rejects } = readExport(exportText([fields]));
    expect(rejects).toEqual([]);
    expect(jobs[0]).toMatchObject({
      elapsed: 5400,
      cputime: 692_100,
      memory: 27.75 * 2 ** 30,
      vmemory: 0,
      cpupercent: 0,
      avgcpu: null,
    });
  });

  it('may keep its start and end as epoch seconds, as an array as a whole does', () => {
    const start = epoch('2026-01-15T10:00:00-07:00');
    const fields = {
      'Job ID': '6049117[].sched1',
      'Job Start': String(start),
      'Job End': String(start + 5400),
    };
    const { jobs, rejects } = readExport(exportText([fields]));
    expect(rejects).toEqual([]);
    expect(jobs[0]).toMatchObject({ start, end: start + 5400 });
  });
});

describe('a line that holds no job by its nature', () => {
  it('is skipped and counted where it is blank', () => {
    const [first, second] = [exportLine({ 'Job ID': '1.s' }), exportLine({ 'Job ID': '2.s' })];
    const read = readExport(`${HEADER}\n\n${first}\n\r\n\n${second}\n\n`);
    expect(read).toMatchObject({ lines: 6, skippedLines: 4, rejects: [] });
    expect(read.jobs.map(({ job_id, line }) => [job_id, line])).toEqual([
      ['1.s', 1],
      ['2.s', 4],
    ]);
  });

  it.each(['\n', '\r\n'])(
    'is skipped and counted where it repeats the header, ended by %j',
    (end) => {
      const one = exportText([{ 'Job ID': '1.s' }]);
      const read = readExport((one + one + one.replace('1.s', '2.s')).replaceAll('\n', end));
      expect(read).toMatchObject({ lines: 5, skippedLines: 2, rejects: [] });
      expect(read.jobs.map(({ job_id }) => job_id)).toEqual(['1.s', '1.s', '2.s']);
    },
  );

  it.each([
    ['the header', exportText([{ 'Job ID': '2.s' }])],
    [
      'the header, ended the Windows way',
      exportText([{ 'Job ID': '2.s' }]).replaceAll('\n', '\r\n'),
    ],
    ['a job', `${exportLine({ 'Job ID': '2.s' })}\n`],
    ['nothing', `\n${exportLine({ 'Job ID': '2.s' })}\n`],
  ])('may begin with a byte order mark, as files that were put together do: %s', (_, second) => {
    const text = `${exportText([{ 'Job ID': '1.s' }])}\uFEFF${second}`;
    for (const lane of ['plain', 'csv'] as const) {
      const read = readExport(text, { lane });
      expect(read.rejects).toEqual([]);
      expect(read.skippedLines).toBe(read.lines - 2);
      expect(read.jobs.map(({ job_id }) => job_id)).toEqual(['1.s', '2.s']);
    }
  });

  it('is skipped where it repeats a quoted header behind a mark', () => {
    const header = ALL_LABELS.map((label) => `"${label}"`).join(',');
    const read = readExport(`${header}\n${exportLine()}\n\uFEFF${header}\n${exportLine()}\n`);
    expect(read).toMatchObject({ lines: 3, skippedLines: 1, rejects: [] });
  });

  it('is no repeated header where it differs by a letter', () => {
    const read = readExport(`${HEADER}\n${HEADER.replace('Walltime', 'walltime')}\n`);
    expect(read).toMatchObject({ skippedLines: 0, rejects: [{ code: 'bad-job-id' }] });
  });

  it('is skipped and counted where it is a record of another type than E', () => {
    const types = ['Q', 'E', 'S', 'R', 'D'];
    const jobs = types.map((Type, i) => ({ 'Job ID': `${i}.s`, Type }));
    const read = readExport(exportText(jobs, WITH_TYPE));
    expect(read).toMatchObject({ lines: 5, skippedLines: 4, rejects: [] });
    expect(read.jobs.map(({ job_id }) => job_id)).toEqual(['1.s']);
  });

  it.each([
    ['a comma in its name moves another letter there', { Account: 'x,y', 'Exit Status': 'S' }],
    ['a field is lacking', { 'Exit Status': 'S' }],
  ])('is no such record where %s', (why, fields) => {
    const labels: Label[] = [...DEFAULT_LABELS, 'Exit Status', 'Type'];
    const line = exportLine(fields, labels);
    const short = line.split(',').toSpliced(1, 1).join(',');
    const read = readExport(
      `${labels.join(',')}\n${why.startsWith('a field') ? short : line}\n${exportLine({}, labels)}\n`,
    );
    expect(read).toMatchObject({ skippedLines: 0, rejects: [{ code: 'field-count', line: 0 }] });
  });

  it('is no such record where a lost field and a comma in its name move a number there', () => {
    const labels: Label[] = [...DEFAULT_LABELS, 'Num Runs', 'Type', 'NCPUs'];
    const fields = exportLine({ 'Job Name': 'a,b' }, labels).split(',').toSpliced(-2, 1);
    const read = readExport(`${labels.join(',')}\n${fields.join(',')}\n`);
    expect(read).toMatchObject({ skippedLines: 0, otherRecords: {}, rejects: [{ line: 0 }] });
  });

  it('is skipped without a look at its other fields', () => {
    const queued = { Type: 'Q', 'Job End': '', 'Job Start': '?', NCPUs: 'x', User: '' };
    const read = readExport(exportText([queued, { Type: 'E' }], WITH_TYPE));
    expect(read).toMatchObject({ skippedLines: 1, rejects: [] });
    expect(read.batch.rows).toBe(1);
  });

  it('is skipped where it repeats the header of an export with record types', () => {
    const one = exportText([{}], WITH_TYPE);
    expect(readExport(one + one)).toMatchObject({ lines: 3, skippedLines: 1, rejects: [] });
  });
});

describe('a list of nodes, as qhist -n adds it', () => {
  it('is passed over, however many they are', () => {
    const nodes = Array.from({ length: 2488 }, (_, i) => `node${i}`).join('+');
    const vnodes = '(node1:ncpus=128:mem=235gb)+(node2:ncpus=128:mem=235gb)';
    for (const list of ['', 'node1', nodes, vnodes]) {
      const read = readExport(`${HEADER},Node List\n${exportLine()},${list}\n`);
      expect(read.jobs).toEqual(readExport(exportText([{}])).jobs);
    }
  });
});

describe('an export without jobs', () => {
  it('gives an empty batch', () => {
    const read = readExport(`${HEADER}\n`);
    expect(read).toMatchObject({ lines: 0, skippedLines: 0, undecidedTimes: 0, rejects: [] });
    expect(read.jobs).toEqual([]);
  });
});

describe('an export with Windows line ends', () => {
  it('gives the same jobs', () => {
    const text = exportText([{ 'Job ID': '1.s' }, { 'Job ID': '2.s' }]);
    expect(readExport(text.replaceAll('\n', '\r\n')).jobs).toEqual(readExport(text).jobs);
  });
});

describe('a chunk with a quote', () => {
  it('is left to csv-parse, wherever the quote stands', () => {
    const names = ['engine', '"a,b"', '5"'].map((name) => ({ 'Job Name': name }));
    expect(readExport(exportText(names)).jobs.map(({ name }) => name)).toEqual([
      'engine',
      'a,b',
      '5"',
    ]);
  });
});

function epoch(text: string): number {
  return Date.parse(text) / 1000;
}
