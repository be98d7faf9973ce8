import { describe, expect, it } from 'vitest';
import { LINE_LIMIT_BYTES, REJECT_CODES } from '../../../src/sources/reject.ts';
import { ALL_LABELS, exportLine, exportText } from './export-line.ts';
import { type ReadExport, readExport } from './read-export.ts';

const HEADER = ALL_LABELS.join(',');
/** Codes that no line of an export gets. */
const OTHER_FORMATS = ['bad-record'];

describe('a line that is no job', () => {
  it.each<[keyof typeof REJECT_CODES, string, string]>([
    ['field-count', 'expected 29 fields as in the header, found 30', `${exportLine()},more`],
    ['field-count', 'expected 29 fields as in the header, found 3', '7001.sched1,7001,NUMB'],
    ['field-count', 'expected 29 fields as in the header, found 1', ' '],
    ['field-count', 'found 30, and no way', exportLine({ Account: 'a,b' })],
    ['missing-value', '"Job ID" is empty', exportLine({ 'Job ID': '' })],
    ['missing-value', '"User" is empty', exportLine({ User: '' })],
    ['missing-value', '"Queue" is empty', exportLine({ Queue: '' })],
    ['missing-value', '"Job Submit" is empty', exportLine({ 'Job Submit': '' })],
    ['missing-value', '"Job End" is empty', exportLine({ 'Job End': '' })],
    ['bad-job-id', '"Job ID" is "job7.s", not a job id', exportLine({ 'Job ID': 'job7.s' })],
    ['bad-time', '"Job Submit" is "noon", not a time', exportLine({ 'Job Submit': 'noon' })],
    [
      'bad-time',
      '"Eligible Time" is "2026-02-29 00:00:00", not a time',
      exportLine({ 'Eligible Time': '2026-02-29 00:00:00' }),
    ],
    ['bad-time', '"Job Start" is "25:61:00", not a time', exportLine({ 'Job Start': '25:61:00' })],
    ['bad-time', '"Job End" is "-", not a time', exportLine({ 'Job End': '-' })],
    [
      'skipped-hour',
      'falls in the hour that America/Denver skips in spring',
      exportLine({ 'Job Submit': '2025-03-09 02:30:00' }),
    ],
    ['bad-number', '"Elapsed" is "-1.5", not a duration', exportLine({ Elapsed: '-1.5' })],
    ['bad-number', '"Walltime" is "12h", not a duration', exportLine({ Walltime: '12h' })],
    [
      'bad-number',
      '"CPU Time" is "1:60:00", not a duration',
      exportLine({ 'CPU Time': '1:60:00' }),
    ],
    ['bad-number', '"NCPUs" is "many", not a whole number', exportLine({ NCPUs: 'many' })],
    ['bad-number', '"NGPUs" is "-1", not a whole number', exportLine({ NGPUs: '-1' })],
    ['bad-number', '"Nodes" is "1.5", not a whole number', exportLine({ Nodes: '1.5' })],
    ['bad-number', '"MPI Tasks" is "x", not a whole number', exportLine({ 'MPI Tasks': 'x' })],
    ['bad-number', '"Threads" is "0x8", not a whole number', exportLine({ Threads: '0x8' })],
    ['bad-number', '"Num Runs" is "?", not a whole number', exportLine({ 'Num Runs': '?' })],
    ['bad-number', '"CPU Percent" is "5%", not a whole', exportLine({ 'CPU Percent': '5%' })],
    ['bad-number', '"Req Mem" is "12 gb", not a memory size', exportLine({ 'Req Mem': '12 gb' })],
    ['bad-number', '"Used Mem" is "-0.5", not a memory size', exportLine({ 'Used Mem': '-0.5' })],
    ['bad-number', '"Virt Mem" is "nan", not a memory size', exportLine({ 'Virt Mem': 'nan' })],
    ['bad-number', '"Avg CPU" is "inf", not a number', exportLine({ 'Avg CPU': 'inf' })],
    [
      'end-before-start',
      'ends 1 s before it starts',
      exportLine({ 'Job End': '2026-01-15 09:59:59' }),
    ],
    [
      'end-before-start',
      'starts 3600 s before its submission',
      exportLine({ 'Job Start': '2026-01-15 07:00:00' }),
    ],
    [
      'end-before-start',
      'ends 60 s before its submission',
      exportLine({ 'Job Start': '', 'Job End': '2026-01-15 07:59:00' }),
    ],
    [
      'bad-time',
      'ends before 1970 or after 2105',
      exportLine({ 'Job Start': '', 'Job End': '2206-01-15 10:00:00' }),
    ],
    ['control-character', 'control character', exportLine({ 'Job Name': 'a\u0000b' })],
    ['control-character', 'control character', exportLine({ 'Job Name': 'a\tb' })],
    ['control-character', 'control character', exportLine({ 'Job Name': 'a\rb' })],
    ['bad-quoting', 'a quoted field is not closed', exportLine({ 'Job Name': '"open' })],
  ])('%s: %s', (code, reason, line) => {
    const { rejects, jobs } = betweenGoodOnes(line);
    expect(rejects).toEqual([
      {
        line: 1,
        byteOffset: exportLine({ 'Job ID': '1.s' }).length + 1,
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

  it('skipped-hour: the reason names the field and quotes the value', () => {
    const { rejects } = betweenGoodOnes(exportLine({ 'Job Start': '2025-03-09 02:30:00' }));
    expect(rejects[0].reason).toContain('"Job Start" is "2025-03-09 02:30:00"');
  });

  it('bad-encoding: bytes that are no UTF-8', () => {
    const [good, after] = ['1.s', '2.s'].map((id) => `${exportLine({ 'Job ID': id })}\n`);
    const text = `${HEADER}\n${good}${exportLine({ 'Job Name': 'café' })}\n${after}`;
    const { jobs, rejects } = readExport(Uint8Array.from(Buffer.from(text, 'latin1')));
    expect(jobs.map(({ job_id }) => job_id)).toEqual(['1.s', '2.s']);
    expect(rejects).toMatchObject([
      {
        line: 1,
        byteOffset: good.length,
        code: 'bad-encoding',
        reason: 'the line is not valid UTF-8',
      },
    ]);
    expect(rejects[0].rawText).toBe(exportLine({ 'Job Name': 'caf\uFFFD' }));
  });

  it('line-too-long: more than any job record', () => {
    const line = exportLine({ 'Job Name': 'x'.repeat(LINE_LIMIT_BYTES) });
    const { rejects, jobs } = betweenGoodOnes(line);
    expect(rejects).toMatchObject([{ line: 1, code: 'line-too-long' }]);
    expect(rejects[0].rawText).toBe(line.slice(0, 4096));
    expect(jobs.map(({ job_id }) => job_id)).toEqual(['1.s', '2.s']);
  });

  it.each(['1e300', '99999999999999999999', '99999999999999999:00:00'])(
    'bad-number: %s hours are more than a ledger can count in seconds',
    (hours) => {
      const { rejects } = betweenGoodOnes(exportLine({ Elapsed: hours }));
      expect(rejects).toMatchObject([{ code: 'bad-number' }]);
      expect(rejects[0].reason).toContain(`"Elapsed" is "${hours}"`);
    },
  );

  it.each(['1e200', '99999999999999999999', '99999999999pb'])(
    'bad-number: %s GB are more than a ledger can count in bytes',
    (size) => {
      const { rejects } = betweenGoodOnes(exportLine({ 'Used Mem': size }));
      expect(rejects).toMatchObject([{ code: 'bad-number' }]);
      expect(rejects[0].reason).toContain(`"Used Mem" is "${size}"`);
    },
  );

  it.each(['1', '2026', '20260115', '1e9', '1768501800.0', '17685018000000'])(
    'bad-time: %s is no time, as much as it is a number',
    (time) => {
      const { rejects } = betweenGoodOnes(exportLine({ 'Job Submit': time }));
      expect(rejects).toMatchObject([{ code: 'bad-time' }]);
      expect(rejects[0].reason).toContain(`"Job Submit" is "${time}"`);
    },
  );

  it('has each code of the list tried above', () => {
    expect(
      Object.keys(REJECT_CODES)
        .filter((code) => !OTHER_FORMATS.includes(code))
        .sort(),
    ).toEqual(
      [
        ...['field-count', 'missing-value', 'bad-job-id', 'bad-time', 'skipped-hour'],
        ...['bad-number', 'end-before-start', 'control-character', 'bad-encoding'],
        ...['bad-quoting', 'line-too-long'],
      ].sort(),
    );
  });

  it('quotes a long value cut', () => {
    const { rejects } = betweenGoodOnes(exportLine({ NCPUs: '9x'.repeat(500) }));
    expect(rejects[0].reason).toContain(`"NCPUs" is "${'9x'.repeat(30)}...", not a whole number`);
  });

  it.each([
    { User: 'mallory', NCPUs: 'many' },
    { User: 'mallory', Queue: '' },
    { User: 'mallory', 'Job End': '' },
    { User: 'mallory', 'Job End': '2001-01-01 00:00:00' },
    { User: 'mallory', Queue: 'a,b' },
    { User: 'mallory', 'Job Name': 'a\u0001b' },
    { User: 'mallory', 'Job Submit': '2025-03-09 02:30:00' },
  ])('leaves no name in the tables of names: %j', (fields) => {
    const names = { Account: 'MALL0001', 'Exit Status': '666', 'GPU Type': 'fake', ...fields };
    const { batch } = betweenGoodOnes(exportLine(names));
    expect(batch.tables.flat().sort()).toEqual(
      readExport(exportText([{}]))
        .batch.tables.flat()
        .sort(),
    );
  });

  it('leaves nothing of itself to the job after it', () => {
    const bad = { 'Job ID': '5[6].s', Queue: '', Resources: '9:mpiprocs=9:cpu_type=old' };
    const alone = readExport(exportText([{ 'Job ID': '2.s' }])).jobs;
    const after = readExport(exportText([bad, { 'Job ID': '2.s' }])).jobs;
    expect(after).toEqual(alone.map((job) => ({ ...job, line: 1 })));
  });
});

function betweenGoodOnes(line: string): ReadExport {
  const [before, after] = ['1.s', '2.s'].map((id) => exportLine({ 'Job ID': id }));
  return readExport(`${HEADER}\n${before}\n${line}\n${after}\n`);
}
