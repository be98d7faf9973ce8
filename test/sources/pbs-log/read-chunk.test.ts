import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readingContextOf } from '../reading-context-of.ts';
import { SAMPLE_JOB } from '../sample-job.ts';
import { job } from './job-of-record.ts';
import { endRecord, KEYS, record, recordPairs, type Values } from './log-line.ts';
import { type MachineName, readLines, readLog } from './read-log.ts';

const REQUIRED = ['user', 'queue', 'ctime', 'end'];

describe('a job of a log', () => {
  it('is read to seconds, bytes and instants', () => {
    expect(job()).toEqual({
      ...SAMPLE_JOB,
      queued: SAMPLE_JOB.submit + 2,
      eligible_secs: 7195,
      priority: 'premium',
    });
  });

  it('has NULL where its record lacks a key or a value', () => {
    const optional = KEYS.filter((key) => !REQUIRED.includes(key));
    const filled = [
      ...['account', 'cpu_hours', 'end', 'endDay', 'gpu_hours', 'incomplete', 'job_id', 'line'],
      ...['memory_hours', 'qosCode', 'queue', 'short_id', 'submit', 'user'],
    ].sort();
    for (const nothing of [null, '']) {
      const values = Object.fromEntries(optional.map((key) => [key, nothing]));
      const read = readLines([endRecord(values)], 'casper');
      expect(read.rejects).toEqual([]);
      const known = Object.entries(read.jobs[0]).filter(([, value]) => value !== null);
      expect(known.map(([name]) => name).sort()).toEqual(filled);
      expect(read.jobs[0]).toMatchObject({ account: 'none', incomplete: 7 });
    }
  });

  it('has nothing of the job before it', () => {
    const lean = endRecord(
      Object.fromEntries(KEYS.filter((key) => !REQUIRED.includes(key)).map((key) => [key, null])),
    );
    const alone = readLines([lean]).jobs[0];
    const rejected = endRecord({ run_count: 'x' });
    expect(readLines([endRecord(), lean]).jobs[1]).toEqual({ ...alone, line: 1 });
    expect(readLines([rejected, lean]).jobs[0]).toEqual({ ...alone, line: 1 });
  });

  it('is the same whatever the order of its keys', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(recordPairs(), { minLength: KEYS.length }), (pairs) => {
        expect(readLines([record('E', pairs.join(' '))]).jobs).toEqual([job()]);
      }),
      { numRuns: 200 },
    );
  });

  it('is the same whatever unknown keys stand between', () => {
    const anyKey = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,30}$/).map((key) => `x_${key}`);
    const anyPair = fc.tuple(anyKey, fc.stringMatching(/^[A-Za-z0-9.:=+()/-]{0,20}$/));
    const anyPairs = fc.array(fc.tuple(anyPair, fc.nat(KEYS.length)), { maxLength: 8 });
    // Last, since a name may hold what looks like an unknown key.
    const [name, ...others] = recordPairs().sort(nameFirst);
    fc.assert(
      fc.property(anyPairs, (unknown) => {
        const pairs = unknown.reduce(
          (all, [pair, place]) => all.toSpliced(place, 0, pair.join('=')),
          others,
        );
        expect(readLines([record('E', [...pairs, name].join(' '))]).jobs).toEqual([job()]);
      }),
      { numRuns: 200 },
    );
  });

  it('is the same with more spaces between its keys', () => {
    const spaced = record('E', `  ${recordPairs().join('   ')} `);
    expect(readLines([spaced]).jobs).toEqual([job()]);
  });

  it('is the same with Windows line ends', () => {
    const lines = [endRecord(), record('Q', 'user=ada'), '', endRecord({ user: '' })];
    const read = readLog(lines.map((line) => `${line}\r\n`).join(''));
    expect(read).toMatchObject({ lines: 4, skippedLines: 2, otherRecords: { Q: 1 } });
    expect(read.jobs).toEqual([job()]);
    expect(read.rejects).toMatchObject([{ line: 3, rawText: lines[3] }]);
  });

  it('may be anywhere in a larger buffer', () => {
    const text = Buffer.from(`${endRecord({ user: '' })}\n${endRecord()}\n`);
    for (let before = 0; before < 9; before++) {
      const larger = new Uint8Array(before + text.length + 5).fill(65);
      larger.set(text, before);
      const read = readLog(larger.subarray(before, before + text.length));
      expect(read.jobs).toEqual([{ ...job(), line: 1 }]);
      expect(read.rejects).toMatchObject([{ line: 0, byteOffset: 0 }]);
    }
  });

  it('keeps text as it is, in any script', () => {
    const values = { jobname: "Zoë's_日本🚀;=1+1", user: 'Å', queue: 'größe', account: '"-"' };
    expect(job(values)).toMatchObject({
      name: "Zoë's_日本🚀;=1+1",
      user: 'Å',
      queue: 'größe',
      account: '-',
    });
  });
});

describe('the id of a job', () => {
  it.each<[string, number, number | null, number | null]>([
    ['9.sched1', 9, null, 50],
    ['9', 9, null, 50],
    ['9[4].sched1', 9, 4, 50],
    ['9[0].pbs-1.example.org', 9, 0, 50],
    ['9[].sched1', 9, null, null],
  ])('%s has number %d, index %s, and average CPU %s', (id, shortId, index, averageCpu) => {
    expect(readLines([endRecord({}, id)]).jobs).toMatchObject([
      { job_id: id, short_id: shortId, array_index: index, avgcpu: averageCpu },
    ]);
  });
});

describe('a requeued job', () => {
  it('ends with each of its E records, which the ledger tells apart, and with no R record', () => {
    const rerun = record('R', recordPairs().join(' '));
    const { jobs, otherRecords } = readLines([rerun, endRecord(), rerun, endRecord()]);
    expect(otherRecords).toEqual({ R: 2 });
    expect(jobs.map(({ job_id, submit, line }) => [job_id, submit, line])).toEqual([
      ['7001.sched1', 1_768_489_200, 1],
      ['7001.sched1', 1_768_489_200, 3],
    ]);
  });
});

describe('a charge', () => {
  const gpus = { 'Resource_List.ngpus': '3', 'Resource_List.ncpus': '24' };

  it.each<[MachineName, string, Values, number, number]>([
    ['derecho', 'nodes of 128 cores', { queue: 'cpu' }, 384, 0],
    ['derecho', 'nodes of 128 cores and 4 GPUs', { ...gpus, queue: 'gpu' }, 384, 12],
    ['derecho', 'cores', { ...gpus, queue: 'cpudev' }, 36, 0],
    ['derecho', 'cores and GPUs', { ...gpus, queue: 'gpudev' }, 36, 4.5],
    ['casper', 'cores and GPUs', { ...gpus, queue: 'htc' }, 36, 4.5],
  ])('on %s counts %s: %j', (machine, _, values, cpuHours, gpuHours) => {
    expect(readLines([endRecord(values)], machine).jobs).toMatchObject([
      { cpu_hours: cpuHours, gpu_hours: gpuHours, memory_hours: 41.625 },
    ]);
  });

  it.each<[string, Values]>([
    ['premium', { 'Resource_List.job_priority': 'premium' }],
    ['economy', { 'Resource_List.job_priority': 'economy' }],
    ['regular', { 'Resource_List.job_priority': 'regular' }],
    ['regular', { 'Resource_List.job_priority': 'none' }],
    ['regular', { 'Resource_List.job_priority': null }],
    ['uncharged', { queue: 'jhublogin' }],
  ])('has the QoS %s from %j', (qos, values) => {
    const { charging } = readingContextOf('derecho');
    expect(charging.qos[job(values).qosCode].name).toBe(qos);
  });
});

describe('a line that holds no job by its nature', () => {
  it('is skipped and counted by its type where it is another record than E', () => {
    const types = ['Q', 'S', 'E', 'a', 'Q', 'D', 'e', 'L'];
    const read = readLines(types.map((type) => record(type, recordPairs().join(' '))));
    expect(read).toMatchObject({ lines: 8, skippedLines: 7, rejects: [] });
    expect(read.otherRecords).toEqual({ Q: 2, S: 1, a: 1, D: 1, e: 1, L: 1 });
    expect(read.jobs.map(({ line }) => line)).toEqual([2]);
  });

  it('is skipped without a look at the rest of it', () => {
    const texts = ['', 'no=end end=?', '"open', 'requestor=ada@n1', 'a\tb'];
    const read = readLines(texts.map((text) => record('D', text)));
    expect(read).toMatchObject({ skippedLines: 5, rejects: [], otherRecords: { D: 5 } });
  });

  it('is skipped where it is blank', () => {
    const read = readLines(['', endRecord(), '\r', '', endRecord()]);
    expect(read).toMatchObject({ lines: 5, skippedLines: 3, rejects: [], otherRecords: {} });
    expect(read.jobs.map(({ line }) => line)).toEqual([1, 4]);
  });
});

describe('a log without jobs', () => {
  it('gives an empty batch', () => {
    expect(readLog('')).toMatchObject({ lines: 0, skippedLines: 0, rejects: [], jobs: [] });
    expect(readLog('\n')).toMatchObject({ lines: 1, skippedLines: 1, rejects: [], jobs: [] });
  });
});

function nameFirst(one: string, other: string): number {
  return Number(other.startsWith('jobname=')) - Number(one.startsWith('jobname='));
}
