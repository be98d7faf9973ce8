import { describe, expect, it } from 'vitest';
import { LINE_LIMIT_BYTES, type RejectCode } from '../../../src/sources/reject.ts';
import { endRecord, record, recordPairs, type Values } from './log-line.ts';
import { type ReadLog, readLines, readLog } from './read-log.ts';

const CUT = endRecord().slice(0, 200);

describe('a line that is no job', () => {
  it.each<[RejectCode, string, string]>([
    ['bad-record', 'does not begin with MM/DD/YYYY HH:MM:SS;TYPE;', 'job 7001 ended'],
    ['bad-record', 'does not begin with', ' '],
    ['bad-record', 'does not begin with', endRecord().slice(1)],
    ['bad-record', 'does not begin with', endRecord().replace('01/15/2026', '2026-01-15')],
    ['bad-record', 'does not begin with', endRecord().replace('11:30:00', '11:30:xx')],
    ['bad-record', 'does not begin with', endRecord().replace(';E;', ';EE;')],
    ['bad-record', 'does not begin with', endRecord().replace(';E;', ';7;')],
    ['bad-record', 'does not begin with', endRecord().replace(';E;', ';;')],
    ['bad-record', 'does not begin with', '01/15/2026 11:30:00;E'],
    ['bad-record', 'nothing follows the job id', '01/15/2026 11:30:00;E;'],
    ['bad-record', 'nothing follows the job id', '01/15/2026 11:30:00;E;7001.sched1'],
    ['bad-record', 'a second record begins', `${CUT}${endRecord()}`],
    ['bad-record', 'a second record begins', `${CUT}${record('Q', 'user=ada')}`],
    ['bad-record', 'a second record begins', `${endRecord()}${endRecord()}`],
    ['bad-record', 'a second record begins', withText(`account="NU${endRecord()}`)],
    ['bad-record', 'the end of a job begins', `${record('Q', 'user=ad')}${endRecord()}`],
    ['bad-record', 'the end of a job begins', `${record('D', 'a;E;b')}${endRecord()}`],
    ['missing-value', 'the job id is empty', endRecord({}, '')],
    ['missing-value', '"user" is missing', endRecord({ user: null })],
    ['missing-value', '"user" is empty', endRecord({ user: '""' })],
    ['missing-value', '"queue" is empty', endRecord({ queue: '' })],
    ['missing-value', '"ctime" is empty', endRecord({ ctime: '' })],
    ['missing-value', '"end" is missing', endRecord({ end: null })],
    ['missing-value', '"ctime" is missing', record('E', 'no pair of anything')],
    ['missing-value', '"ctime" is missing', record('E', '')],
    ['bad-job-id', 'the job id is "job7.s", not a job id such as', endRecord({}, 'job7.s')],
    ['bad-job-id', 'the job id is "R12.s", not a job id', endRecord({}, 'R12.s')],
    ['bad-time', '"ctime" is "noon", not seconds since 1970', endRecord({ ctime: 'noon' })],
    ['bad-time', '"qtime" is "-1", not seconds', endRecord({ qtime: '-1' })],
    ['bad-time', '"etime" is "1768489205.5"', endRecord({ etime: '1768489205.5' })],
    ['bad-time', '"start" is "2026"', endRecord({ start: '2026' })],
    ['bad-time', '"start" is "1"', endRecord({ start: '1' })],
    ['bad-time', '"end" is "17685018"', endRecord({ end: '17685018' })],
    ['bad-time', '"end" is "17685018000"', endRecord({ end: '17685018000' })],
    ['bad-time', 'ends before 1970 or after 2105', endRecord({ end: '4291747200' })],
    ['bad-number', '"resources_used.walltime" is "01:30", not a duration', used('walltime=01:30')],
    ['bad-number', '"resources_used.walltime" is "-1"', used('walltime=-1')],
    ['bad-number', '"resources_used.cput" is "1:60:00"', used('cput=1:60:00')],
    ['bad-number', '"eligible_time" is "soon"', endRecord({ eligible_time: 'soon' })],
    ['bad-number', '"Resource_List.walltime" is "12h"', asked('walltime=12h')],
    ['bad-number', '"Resource_List.mem" is "1gib", not a memory size such', asked('mem=1gib')],
    ['bad-number', '"Resource_List.mem" is "12 gb"', asked('mem=12 gb')],
    ['bad-number', '"resources_used.mem" is "-1kb"', used('mem=-1kb')],
    ['bad-number', '"resources_used.vmem" is "nan"', used('vmem=nan')],
    ['bad-number', '"resources_used.vmem" is "99999999999pb"', used('vmem=99999999999pb')],
    ['bad-number', '"Resource_List.ncpus" is "many", not a whole', asked('ncpus=many')],
    ['bad-number', '"Resource_List.ngpus" is "-1"', asked('ngpus=-1')],
    ['bad-number', '"Resource_List.nodect" is "1.5"', asked('nodect=1.5')],
    ['bad-number', '"Resource_List.mpiprocs" is "x"', asked('mpiprocs=x')],
    ['bad-number', '"Resource_List.ompthreads" is "0x8"', asked('ompthreads=0x8')],
    ['bad-number', '"resources_used.cpupercent" is "5%"', used('cpupercent=5%')],
    ['bad-number', '"run_count" is "?"', endRecord({ run_count: '?' })],
    ['end-before-start', 'ends 1 s before it starts', endRecord({ end: '1768496399' })],
    [
      'end-before-start',
      'starts 1 s before its submission',
      endRecord({ start: '1768489199', end: '1768489200' }),
    ],
    [
      'end-before-start',
      'ends 60 s before its submission',
      endRecord({ start: null, end: '1768489140' }),
    ],
    ['control-character', 'control character', endRecord({ jobname: 'a\u0000b' })],
    ['control-character', 'control character', endRecord({ jobname: 'a\tb' })],
    ['control-character', 'control character', endRecord({ jobname: 'a\rb' })],
    ['control-character', 'control character', endRecord({ account: '"a\u0001b"' })],
    ['control-character', 'control character', endRecord({}, '7\u00001.s')],
    ['control-character', 'control character', withText('x\u0000y=5')],
    ['control-character', 'control character', `\u0000\u0000${endRecord()}`],
    [
      'bad-quoting',
      'a quote is opened and not closed: "\\"NUMB project=',
      endRecord({ account: '"NUMB' }),
    ],
    ['bad-quoting', 'a quote is opened and not closed', withText(`unknown='x"`)],
    ['bad-quoting', 'a quote is opened and not closed', withText('unknown="x\\"')],
  ])('%s: %s', (code, reason, line) => {
    const { rejects, jobs } = betweenGoodOnes(line);
    expect(rejects).toEqual([
      {
        line: 1,
        byteOffset: endRecord({}, '1.s').length + 1,
        code,
        reason: expect.stringContaining(reason),
        rawText: line,
      },
    ]);
    expect(jobs.map(({ job_id, line: at }) => [job_id, at])).toEqual([
      ['1.s', 0],
      ['2.s', 2],
    ]);
  });

  it('bad-encoding: bytes that are no UTF-8', () => {
    const text = ['1.s', '2.s', '3.s']
      .map((id) => `${endRecord({ jobname: id === '2.s' ? 'café' : 'x' }, id)}\n`)
      .join('');
    const { jobs, rejects } = readLog(Uint8Array.from(Buffer.from(text, 'latin1')));
    expect(jobs.map(({ job_id }) => job_id)).toEqual(['1.s', '3.s']);
    expect(rejects).toMatchObject([{ line: 1, code: 'bad-encoding' }]);
    expect(rejects[0].rawText).toContain('jobname=caf\uFFFD ');
  });

  it('bad-encoding: also where the line is no record', () => {
    const { rejects } = readLog(Uint8Array.of(0xff, 0x41, 10));
    expect(rejects).toMatchObject([{ code: 'bad-encoding', rawText: '\uFFFDA' }]);
  });

  it.each([
    ['a record', endRecord({ jobname: 'x'.repeat(LINE_LIMIT_BYTES) })],
    ['no record', 'x'.repeat(LINE_LIMIT_BYTES + 1)],
  ])('line-too-long: %s, more than any job', (_, line) => {
    const { rejects, jobs } = betweenGoodOnes(line);
    expect(rejects).toMatchObject([{ line: 1, code: 'line-too-long' }]);
    expect(rejects[0].rawText).toBe(line.slice(0, 4096));
    expect(jobs.map(({ job_id }) => job_id)).toEqual(['1.s', '2.s']);
  });

  it('quotes a long value cut', () => {
    const { rejects } = betweenGoodOnes(endRecord({ run_count: '9x'.repeat(500) }));
    expect(rejects[0].reason).toContain(`"run_count" is "${'9x'.repeat(30)}...", not a whole`);
  });

  it.each<[Values]>([
    [{ 'Resource_List.ncpus': 'many' }],
    [{ queue: '' }],
    [{ end: null }],
    [{ end: '1000000000' }],
    [{ jobname: 'a\u0001b' }],
    [{ run_count: '"' }],
  ])('leaves no name in the tables of names: %j', (values) => {
    const names = { user: 'mallory', account: '"MALL0001"', Exit_status: '666', ...values };
    const { batch, rejects } = betweenGoodOnes(endRecord(names));
    expect(rejects).toHaveLength(1);
    const namesOf = (tables: readonly (readonly string[])[]) => tables.flat().sort();
    expect(namesOf(batch.tables)).toEqual(namesOf(readLines([endRecord()]).batch.tables));
  });
});

describe('the end of a job that is glued to a record of another type', () => {
  it('is looked for in each line: what looks like it in one hides nothing in the next', () => {
    const lines = [
      record('D', 'x;E;y'),
      record('D', 'x;E;y;E;z'),
      `${record('Q', 'us')}${endRecord()}`,
      record('S', 'user=ada'),
      endRecord(),
      `${record('S', 'user=ada;E;')}${endRecord()}`,
    ];
    const read = readLines(lines);
    expect(read.rejects.map(({ line, code }) => [line, code])).toEqual([
      [2, 'bad-record'],
      [5, 'bad-record'],
    ]);
    expect(read).toMatchObject({ skippedLines: 3, otherRecords: { D: 2, S: 1 } });
    expect(read.jobs.map(({ line }) => line)).toEqual([4]);
  });
});

function betweenGoodOnes(line: string): ReadLog {
  const [before, after] = ['1.s', '2.s'].map((id) => endRecord({}, id));
  return readLines([before, line, after]);
}

/** The sample job with one more pair. */
function withText(text: string): string {
  return record('E', [...recordPairs(), text].join(' '));
}

/** The sample job with another value of a resource that it used. */
function used(pair: string): string {
  return withText(`resources_used.${pair}`);
}

/** The sample job with another value of a resource that it asked for. */
function asked(pair: string): string {
  return withText(`Resource_List.${pair}`);
}
