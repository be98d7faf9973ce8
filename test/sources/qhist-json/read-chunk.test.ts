import { describe, expect, it } from 'vitest';
import { readQhistJsonChunk } from '../../../src/sources/qhist-json/read-chunk.ts';
import { decodeBatch } from '../decode-batch.ts';
import { utf8 } from '../field-bytes.ts';
import { readingContextOf } from '../reading-context-of.ts';
import { SAMPLE_JOB } from '../sample-job.ts';
import { compactExportOf, exportOf, type JsonRecord, member, SAMPLE } from './json-export.ts';
import { idsOf, readJson } from './read-json.ts';

describe('a job of a JSON export', () => {
  it('is read to seconds, bytes and instants', () => {
    const { jobs, rejects } = readJson(exportOf([member('7001.sched1')]));
    expect(rejects).toEqual([]);
    const queued = epoch('2026-01-15T08:00:01-07:00');
    const qos = { priority: 'premium', qosCode: qosCode('premium') };
    expect(jobs).toEqual([{ ...SAMPLE_JOB, queued, eligible_secs: 7194, ...qos, line: 3 }]);
  });

  it('has NULL where a value is missing, null or empty', () => {
    const required = ['user', 'queue', 'ctime', 'end'];
    const optional = Object.keys(SAMPLE).filter((key) => !required.includes(key));
    const without = (value: unknown) =>
      readJson(exportOf([member('1.s', Object.fromEntries(optional.map((key) => [key, value])))]));
    const missing = without(undefined);
    expect(missing.rejects).toEqual([]);
    expect(missing.jobs).toMatchObject([
      { name: null, status: null, start: null, elapsed: null, numcpus: null, account: 'none' },
    ]);
    expect(without(null).jobs).toEqual(missing.jobs);
    const empty = { Resource_List: {}, resources_used: {} };
    const texts = Object.fromEntries(optional.map((key) => [key, '']));
    expect(readJson(exportOf([plain({ ...SAMPLE, ...texts, ...empty })])).jobs).toEqual(
      missing.jobs,
    );
  });

  it('takes a number that is a text, and a text that is a number', () => {
    const usual = readJson(exportOf([member('1.s')])).jobs;
    const other = member('1.s', {
      Exit_status: 0,
      eligible_time: '01:59:54',
      run_count: '1',
      ctime: epoch('2026-01-15T08:00:00-07:00'),
      end: String(epoch('2026-01-15T11:30:00-07:00')),
      Resource_List: { mem: '492830720kb', ncpus: '256', walltime: '12:00:00', nodect: 2.0 },
      resources_used: { mem: '27.75', walltime: '1:30:00', avgcpu: '50.0', cpupercent: '12800' },
    });
    expect(readJson(exportOf([other])).jobs).toEqual(usual);
    expect(readJson(exportOf([member('1.s', { jobname: 42, user: 1e21 })])).jobs).toMatchObject([
      { name: '42', user: '1e+21' },
    ]);
  });

  it('has room for numbers whose text is longer than they are', () => {
    const long = Object.fromEntries(['user', 'queue', 'account', 'jobname'].map((k) => [k, 1e20]));
    const short = member('1', { ...long, exec_vnode: undefined }, 0).replaceAll(
      '1'.padEnd(21, '0'),
      '1e20',
    );
    expect(short).toContain('"user":1e20,');
    const text = '1'.padEnd(21, '0');
    const { jobs } = readJson(compactExportOf(Array.from({ length: 50 }, () => short)));
    expect(jobs).toHaveLength(50);
    for (const job of jobs) expect(job).toMatchObject({ user: text, queue: text, name: text });
  });

  it('keeps the raw values of an array as a whole', () => {
    const end = epoch('2026-01-15T11:30:00-07:00');
    const array = member('6049117[].sched1', {
      start: 0,
      end,
      resources_used: { walltime: '00:00:00', cput: '00:00:00', mem: '0kb', vmem: '0b' },
    });
    expect(readJson(exportOf([array, member('6049117[28].sched1')])).jobs).toMatchObject([
      { short_id: 6_049_117, array_index: null, start: end, end, elapsed: 0, memory: 0 },
      { short_id: 6_049_117, array_index: 28 },
    ]);
  });

  it('is in the unit that durations were printed in', () => {
    const inMinutes = member('1.s', {
      eligible_time: 119.9,
      Resource_List: { walltime: 720 },
      resources_used: { walltime: 90, cput: 11_535 },
    });
    const context = readingContextOf('derecho');
    const chunk = readQhistJsonChunk(utf8(exportOf([inMinutes])), { timeUnitSeconds: 60 }, context);
    expect(decodeBatch(chunk.batch)).toEqual(readJson(exportOf([member('1.s')])).jobs);
  });

  it('has the hardware that its resource list names', () => {
    const fields = { Resource_List: { select: undefined, cpu_type: 'genoa', gpu_type: 'h100' } };
    expect(readJson(exportOf([member('1.s', fields)])).jobs).toMatchObject([
      { cputype: 'genoa', gputype: 'h100', resources: null, mpiprocs: 32, ompthreads: 4 },
    ]);
  });

  it('has its account without quotes', () => {
    const jobs = readJson(exportOf([member('1.s', { account: '"NUMB0001"' })])).jobs;
    expect(jobs).toMatchObject([{ account: 'NUMB0001' }]);
  });

  it.each([
    ['quotes and braces', 'a"b\\c {"1.s": {}} /'],
    ['any script', 'Zoë 日本 🚀'],
    ['what looks like a record', '"9.s": {'],
  ])('keeps a name with %s as it is, escaped or not', (_, jobname) => {
    const plainText = member('1.s', { jobname, queue: jobname, user: jobname });
    const escaped = plainText.replaceAll(/[^\n -~]/g, (unit) => {
      return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
    for (const text of [plainText, escaped, escaped.replaceAll('/', '\\/')]) {
      const { jobs, rejects } = readJson(exportOf([text, member('2.s')]));
      expect(rejects).toEqual([]);
      expect(jobs).toMatchObject([
        { name: jobname, queue: jobname, user: jobname },
        { job_id: '2.s', name: 'engine' },
      ]);
    }
  });

  it('takes the last of two values with the same key, as every JSON reader does', () => {
    const twice = member('1.s').replace('"user": "ada"', '"user": "bob", "user": "eve"');
    expect(readJson(exportOf([twice])).jobs).toMatchObject([{ user: 'eve' }]);
  });

  it('is undecided and counted where the repeated hour leaves it so', () => {
    const fields = {
      ...{ ctime: '2025-11-02 00:00:00', qtime: '2025-11-02 01:10:00', etime: '' },
      ...{ start: '2025-11-02 01:10:00', end: '2025-11-02 01:40:00' },
      resources_used: { walltime: 0.5 },
    };
    const { jobs, undecidedTimes } = readJson(exportOf([member('1.s', fields), member('2.s')]));
    expect(undecidedTimes).toBe(1);
    expect(jobs[0]).toMatchObject({ queued: epoch('2025-11-02T01:10:00-06:00') });
  });
});

describe('a record of another type', () => {
  it('is counted by its type and read no further', () => {
    const queued = member('1.s', { type: 'Q', end: undefined, user: undefined, start: '?' });
    const requeued = member('3.s', { type: 'R' });
    const read = readJson(exportOf([queued, member('2.s'), requeued, requeued]));
    expect(read).toMatchObject({ skippedLines: 3, otherRecords: { Q: 1, R: 2 }, rejects: [] });
    expect(idsOf(read)).toEqual(['2.s']);
  });
});

describe('the text of an export', () => {
  const members = ['1.s', '2[3].s', '4'].map((id) => member(id));
  const ids = ['1.s', '2[3].s', '4'];
  const compact = ids.map((id) => member(id, {}, 0));

  it.each([
    ['as qhist prints it', exportOf(members)],
    ['with missing commas', exportOf(members, '\n')],
    ['with nothing between records', exportOf(members, '')],
    ['with doubled commas', exportOf(members, ',\n,\n')],
    ['on one line', compactExportOf(compact)],
    ['on one line, ended', `${compactExportOf(compact)}\n`],
    ['with Windows line ends', exportOf(members).replaceAll('\n', '\r\n')],
    ['with tabs', exportOf(members).replaceAll('    ', '\t')],
    ['with a byte order mark', `\uFEFF${exportOf(members)}`],
    ['cut off between records', exportOf(members).replace(/\}\s*\}\s*$/, '')],
    ['one export behind the other', members.map((text) => exportOf([text])).join('')],
    ['the same with byte order marks', members.map((text) => `\uFEFF${exportOf([text])}`).join('')],
    ['the same on one line', compact.map((text) => compactExportOf([text])).join('')],
    ['the same with commas', members.map((text) => exportOf([text])).join(',\n')],
    ['without a timestamp', exportOf(members).replace(/"timestamp".*\n/, '')],
  ])('holds the same jobs: %s', (_, text) => {
    const read = readJson(text);
    expect(read.rejects).toEqual([]);
    expect(idsOf(read)).toEqual(ids);
    expect(read.lines).toBe(text.split('\n').length - 1);
  });

  it('may hold the same id twice', () => {
    const later = member('1.s', { ctime: '2026-01-15 07:00:00' });
    const read = readJson(exportOf([members[0], later, members[0]]));
    expect(idsOf(read)).toEqual(['1.s', '1.s', '1.s']);
  });

  it('may hold no job', () => {
    for (const text of ['', '\n', exportOf([]), compactExportOf([]), '{}']) {
      expect(readJson(text)).toMatchObject({ jobs: [], rejects: [], skippedLines: 0 });
    }
  });

  it('is counted in lines, which say where a job stands', () => {
    const text = exportOf(members);
    const lines = text.split('\n');
    expect(readJson(text).jobs.map(({ line }) => line)).toEqual(
      ids.map((id) => lines.findIndex((line) => line.includes(`"${id}": {`))),
    );
  });
});

function plain(record: JsonRecord): string {
  return `"1.s": ${JSON.stringify(record)}`;
}

function qosCode(name: string): number {
  return readingContextOf('derecho').charging.qos.findIndex((qos) => qos.name === name);
}

function epoch(text: string): number {
  return Date.parse(text) / 1000;
}
