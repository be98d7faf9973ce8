import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lane } from '../../../src/sources/qhist-csv/read-chunk.ts';
import {
  ALL_LABELS,
  DEFAULT_LABELS,
  exportLine,
  exportText,
  type JobFields,
  type Label,
} from './export-line.ts';
import { readExport } from './read-export.ts';

const LANES: readonly Lane[] = ['plain', 'csv'];
const EXPECTED = 'expected 29 fields as in the header, found';

describe.each(LANES)('a comma in a text, on the %s lane', (lane) => {
  it.each<[string, JobFields]>([
    ['a name', { 'Job Name': 'a,b' }],
    ['a name, several times', { 'Job Name': 'run, 2 of 3, again' }],
    ['a name, at its ends', { 'Job Name': ',a,' }],
    ['a name that is nothing else', { 'Job Name': ',,' }],
    ['a name, between numbers', { 'Job Name': '4,128,0' }],
    ['a name that reads like its neighbours', { 'Job Name': 'x,0,NUMB0002' }],
    ['a name of other letters', { 'Job Name': '日,本 🚀' }],
    ['a select statement', { Resources: '2:ncpus=128:mpiprocs=32:ompthreads=4:host=n1,n2' }],
    ['the preempted queues', { 'Preempt Targets': 'QUEUE=spare,QUEUE=idle' }],
    ['name and select statement', { 'Job Name': 'a,b', Resources: '1:ncpus=8:host=n1,n2' }],
  ])('is part of %s', (_, fields) => {
    const jobs = [{ 'Job ID': '1.s' }, fields, { 'Job ID': '2.s' }];
    for (const labels of [ALL_LABELS, ALL_LABELS.toReversed(), [...DEFAULT_LABELS, 'Type']]) {
      const kept = Object.keys(fields).every((label) => labels.some((each) => each === label));
      if (!kept) continue;
      const read = readExport(exportText(jobs, labels as Label[]), { lane });
      expect(read).toMatchObject({ rejects: [], repairedLines: 1 });
      const [before, repaired, after] = read.jobs;
      expect([before.job_id, repaired.job_id, after.job_id]).toEqual(['1.s', '7001.sched1', '2.s']);
      const plain = Object.fromEntries(
        Object.entries(fields).map(([label, value]) => [label, value.replaceAll(',', '.')]),
      );
      const [same] = readExport(exportText([plain], labels as Label[]), { lane }).jobs;
      expect(withoutTexts(repaired)).toEqual({ ...withoutTexts(same), line: 1 });
      expect(repaired).toMatchObject(textsOf(fields));
    }
  });

  it.each([
    ['a column that is no text', exportLine({ Account: 'A,B' }), `${EXPECTED} 30, and no way`],
    ['a job with a bad number', exportLine({ 'Job Name': 'a,b', NCPUs: 'x' }), 'and no way'],
    [
      'a job that ends before it starts',
      exportLine({ 'Job Name': 'a,b', 'Job End': '2026-01-15 09:00:00' }),
      'and no way of joining them gives a job',
    ],
    ['a job without an owner', exportLine({ 'Job Name': 'a,b', User: '' }), 'and no way'],
    ['seven commas', exportLine({ 'Job Name': 'a,,,,,,,b' }), `${EXPECTED} 36, too many to join`],
    [
      'either of two texts',
      exportLine({ 'Job Name': 'a,1:ncpus=1', 'Exit Status': '0' }, TWINS),
      'expected 7 fields as in the header, found 8, and 2 ways of joining them give a job',
    ],
  ])('is not guessed: %s', (_, line, reason) => {
    const labels = line.split(',').length < 20 ? TWINS : ALL_LABELS;
    const text = `${exportText([{ 'Job ID': '1.s' }], labels)}${line}\n${exportLine({}, labels)}\n`;
    const { jobs, rejects, repairedLines } = readExport(text, { lane });
    expect(rejects).toMatchObject([{ line: 1, code: 'field-count', rawText: line }]);
    expect(rejects[0].reason).toContain(reason);
    expect([jobs.length, repairedLines]).toEqual([2, 0]);
  });

  it('is not looked for among ten thousand', () => {
    const line = exportLine({ 'Job Name': ','.repeat(10_000) });
    const { rejects } = readExport(`${ALL_LABELS.join(',')}\n${line}\n`, { lane });
    expect(rejects).toMatchObject([{ reason: `${EXPECTED} 10029, too many to join` }]);
  });

  it('leaves no name of a way that was tried in the tables of names', () => {
    const fields = { 'Job Name': 'a,b', User: 'mallory', Queue: 'evil', NCPUs: 'many' };
    const { batch } = readExport(exportText([fields]), { lane });
    expect(batch.tables.flat()).toEqual([]);
  });

  it('does not turn a record of another type into a job, nor a job into such a record', () => {
    const labels: readonly Label[] = [...DEFAULT_LABELS.slice(0, -3), 'Exit Status', 'Type'];
    const jobs = [
      { 'Job Name': 'a,b', Type: 'R' },
      { 'Job Name': 'a,b', Type: 'E' },
    ];
    const read = readExport(exportText(jobs, labels), { lane });
    expect(read).toMatchObject({ skippedLines: 1, otherRecords: { R: 1 }, repairedLines: 1 });
    expect(read.jobs.map(({ name }) => name)).toEqual(['a,b']);
  });
});

describe('a comma in a quoted line', () => {
  it('is where its quotes leave it: surplus fields are not joined', () => {
    const read = readExport(exportText([{ 'Job Name': '"a,b",c' }, { 'Job Name': '"a,b"' }]));
    expect(read.jobs.map(({ name }) => name)).toEqual(['a,b']);
    expect(read).toMatchObject({
      repairedLines: 0,
      rejects: [{ code: 'field-count', reason: `${EXPECTED} 30` }],
    });
  });

  it('is repaired in the lines without quotes of the same chunk', () => {
    const read = readExport(exportText([{ 'Job Name': '"x"' }, { 'Job Name': 'a,b' }]));
    expect(read.jobs.map(({ name }) => name)).toEqual(['x', 'a,b']);
    expect(read.repairedLines).toBe(1);
  });
});

describe('commas in names, whatever they stand between', () => {
  const piece = fc.oneof(
    fc.constantFrom('', '0', '1', '128', 'main', 'ada', 'QUEUE=x', '1:ncpus=1', '0.5', 'NUMB0001'),
    fc.stringMatching(/^[a-z_.-]{1,8}$/),
  );

  it('give the job itself or a reject, never another job', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 2, maxLength: 6 }).map((pieces) => pieces.join(',')),
        fc.constantFrom(ALL_LABELS, DEFAULT_LABELS, ALL_LABELS.toReversed()),
        (name, labels) => {
          const text = exportText([{ 'Job Name': name }], labels);
          const [plain, csv] = LANES.map((lane) => readExport(text, { lane }));
          expect(csv.jobs).toEqual(plain.jobs);
          expect(csv.rejects).toEqual(plain.rejects);
          expect(plain.jobs.length + plain.rejects.length).toBe(1);
          for (const job of plain.jobs) {
            const [same] = readExport(exportText([{ 'Job Name': 'x' }], labels)).jobs;
            expect(job).toEqual({ ...same, name: name === '' ? null : name });
          }
        },
      ),
      { numRuns: 600 },
    );
  });
});

/** Two texts with nothing between them that tells where one ends. */
const TWINS: readonly Label[] = [
  'Job ID',
  'User',
  'Queue',
  'Job Submit',
  'Job End',
  'Job Name',
  'Resources',
];

function withoutTexts(job: object): object {
  return { ...job, name: null, resources: null, ptargets: null };
}

function textsOf(fields: JobFields): object {
  const { 'Job Name': name, Resources: resources, 'Preempt Targets': ptargets } = fields;
  return Object.fromEntries(
    Object.entries({ name, resources, ptargets }).filter(([, text]) => text !== undefined),
  );
}
