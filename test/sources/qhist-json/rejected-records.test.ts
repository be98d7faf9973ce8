import { describe, expect, it } from 'vitest';
import { LINE_LIMIT_BYTES, type RejectCode } from '../../../src/sources/reject.ts';
import { exportOf, type JsonRecord, member } from './json-export.ts';
import { idsOf, readJson } from './read-json.ts';

describe('a record that is no job', () => {
  it.each<[RejectCode, string, JsonRecord]>([
    ['missing-value', '"user" is missing or empty', { user: '' }],
    ['missing-value', '"queue" is missing or empty', { queue: undefined }],
    ['missing-value', '"ctime" is missing or empty', { ctime: null }],
    ['missing-value', '"end" is missing or empty', { end: '' }],
    ['bad-time', '"ctime" is "noon", not a time', { ctime: 'noon' }],
    ['bad-time', '"qtime" is "2026-02-29 00:00:00", not a', { qtime: '2026-02-29 00:00:00' }],
    ['bad-time', '"etime" is "1", not a time', { etime: 1 }],
    ['bad-time', '"start" is "17685018000000", not a', { start: 17_685_018_000_000 }],
    ['bad-time', 'ends before 1970 or after 2105', { end: '2206-01-15 10:00:00' }],
    ['skipped-hour', '"qtime" is "2025-03-09 02:30:00"', { qtime: '2025-03-09 02:30:00' }],
    ['bad-number', '"run_count" is "-1", not a whole', { run_count: -1 }],
    ['bad-number', '"eligible_time" is "-0.5"', { eligible_time: -0.5 }],
    ['bad-number', '"Resource_List.ncpus" is "1.5"', { Resource_List: { ncpus: 1.5 } }],
    ['bad-number', '"Resource_List.walltime" is "x"', { Resource_List: { walltime: 'x' } }],
    ['bad-number', '"resources_used.mem" is "-1"', { resources_used: { mem: -1 } }],
    ['bad-number', '"resources_used.avgcpu" is "?"', { resources_used: { avgcpu: '?' } }],
    ['end-before-start', 'ends 1 s before it starts', { end: '2026-01-15 09:59:59' }],
    ['end-before-start', 'before its submission', { start: '2026-01-15 07:00:00' }],
    ['control-character', '"jobname" holds a control', { jobname: 'a\tb' }],
    ['control-character', '"queue" holds a control', { queue: 'a\0' }],
    ['bad-encoding', '"user" holds half of a character', { user: '\ud83d' }],
    ['bad-record', '"jobname" is neither a text nor a number but a list', { jobname: ['a'] }],
    ['bad-record', '"queue" is neither a text nor a number but object', { queue: {} }],
    ['bad-record', '"ctime" is neither a text nor a number but boolean', { ctime: true }],
    ['bad-record', '"Resource_List" is no JSON object', { Resource_List: 'mem' }],
  ])('%s: %s', (code, reason, fields) => {
    const text = member('5.s', fields);
    expectOnlyReject(text, code, reason, text.trimStart());
  });

  it.each(['abc.s', '', '12x', '5[', '5.', 'Resource_List'])('bad-job-id: %j', (id) => {
    const text = member(id);
    expectOnlyReject(text, 'bad-job-id', `the job id is "${id}"`, text.trimStart());
  });

  it.each<[string, string, string]>([
    ['a comma is missing', 'is not valid JSON', member('5.s').replace(',\n', '\n')],
    ['a value is missing', 'is not valid JSON', member('5.s').replace('"ada"', '')],
    ['a value has no quotes', 'is not valid JSON', member('5.s').replace('"ada"', 'ada')],
    ['a number is not one', 'is not valid JSON', member('5.s').replace('1.5', 'NaN')],
    ['it is empty of sense', 'is not valid JSON', '"5.s": { ] }'],
  ])('bad-record: %s', (_, reason, text) => {
    expectOnlyReject(text, 'bad-record', reason, text.trimStart());
  });

  it.each<[string, string]>([
    ['cut off in a name', member('5.s').slice(0, 100)],
    ['cut off in an object', member('5.s').slice(0, 700)],
    ['cut off before its last brace', member('5.s').trimEnd().slice(0, -1)],
    ['a quote is missing', member('5.s').replace('"ada"', '"ada')],
    ['a quote too many', member('5.s').replace('"ada"', '"a"da"')],
    ['a brace too many', member('5.s').replace('"ada"', '{')],
  ])('bad-record: %s', (_, text) => {
    const read = readJson(exportOf([member('1.s'), text, member('2.s')]));
    expect(read.rejects).toMatchObject([
      { code: 'bad-record', reason: expect.stringContaining('not closed') },
    ]);
    expect(read.rejects[0].rawText).toContain(text.trim());
    expect(idsOf(read)).toEqual(['1.s', '2.s']);
  });

  it('bad-record: the last one, cut off anywhere', () => {
    const text = `{"Jobs":{${member('1.s', {}, 0)},${member('2.s', {}, 0)}`;
    const second = text.indexOf('"2.s"');
    for (let length = second + 1; length < text.length; length++) {
      const read = readJson(text.slice(0, length));
      expect(idsOf(read)).toEqual(['1.s']);
      expect(read.rejects).toMatchObject([{ code: 'bad-record', byteOffset: second }]);
    }
  });

  it('bad-record: text between records', () => {
    const read = readJson(exportOf([member('1.s'), 'Warning: "3.s" is missing', member('2.s')]));
    expect(read.rejects).toMatchObject([{ code: 'bad-record' }]);
    expect(read.rejects[0].rawText).toMatch(/^Warning: "3.s" is missing,\n/);
    expect(idsOf(read)).toEqual(['1.s', '2.s']);
  });

  it('bad-record: a file that begins within a record', () => {
    const read = readJson(exportOf([member('1.s'), member('2.s')]).slice(400));
    expect(read.rejects).toMatchObject([{ code: 'bad-record', line: 0, byteOffset: 0 }]);
    expect(idsOf(read)).toEqual(['2.s']);
  });

  it('bad-encoding: bytes that are no UTF-8', () => {
    const bytes = Buffer.from(exportOf([member('1.s', { jobname: 'é' }), member('2.s')]), 'latin1');
    const read = readJson(bytes);
    expect(read.rejects).toMatchObject([{ code: 'bad-encoding', line: 3 }]);
    expect(idsOf(read)).toEqual(['2.s']);
  });

  it('line-too-long: more than any record', () => {
    const text = member('5.s', { jobname: 'x'.repeat(LINE_LIMIT_BYTES) });
    const read = readJson(exportOf([member('1.s'), text, member('2.s')]));
    expect(read.rejects[0]).toMatchObject({ code: 'line-too-long' });
    expect(read.rejects[0].rawText).toHaveLength(4096);
    expect(idsOf(read)).toEqual(['1.s', '2.s']);
  });

  it('bad-record: objects within objects without end', () => {
    const text = `"5.s": ${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    const read = readJson(exportOf([member('1.s'), text, member('2.s')]));
    expect(read.rejects).toMatchObject([{}]);
    expect(idsOf(read)).toEqual(['1.s', '2.s']);
  });

  it('leaves nothing of itself to the tables of names or to the job after it', () => {
    const names = { user: 'mallory', account: 'MALL0001', Exit_status: '666' };
    const bad = { ...names, Resource_List: { gpu_type: 'fake', select: '9:mpiprocs=9' }, end: '?' };
    const alone = readJson(exportOf([member('2.s')]));
    const after = readJson(exportOf([member('5[6].s', bad), member('2.s')]));
    expect(after.batch.tables).toEqual(alone.batch.tables);
    expect(after.jobs).toEqual([{ ...alone.jobs[0], line: expect.any(Number) }]);
  });
});

/** Puts a record between good ones: it alone is rejected, in its place. */
function expectOnlyReject(text: string, code: RejectCode, reason: string, rawText: string): void {
  const whole = exportOf([member('1.s'), text, member('2.s')]);
  const byteOffset = whole.indexOf(rawText);
  const read = readJson(whole);
  expect(read.rejects).toEqual([
    {
      line: whole.slice(0, byteOffset).split('\n').length - 1,
      byteOffset,
      code,
      reason: expect.stringContaining(reason),
      rawText,
    },
  ]);
  expect(idsOf(read)).toEqual(['1.s', '2.s']);
}
