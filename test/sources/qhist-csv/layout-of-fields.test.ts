import { describe, expect, it } from 'vitest';
import { FIELD_LABELS } from '../../../src/sources/qhist-csv/field-labels.ts';
import { LABELS, type TimeUnit } from '../../../src/sources/qhist-csv/labels.ts';
import { readHeader } from '../../../src/sources/qhist-csv/layout.ts';
import { layoutOfFields } from '../../../src/sources/qhist-csv/layout-of-fields.ts';
import { readQhistChunk } from '../../../src/sources/qhist-csv/read-chunk.ts';
import { SourceError } from '../../../src/sources/source-error.ts';
import { decodeBatch } from '../decode-batch.ts';
import { utf8 } from '../field-bytes.ts';
import { readingContextOf } from '../reading-context-of.ts';
import { ALL_LABELS, exportLine, exportText, type Label } from './export-line.ts';
import { readExport } from './read-export.ts';

const FILE = '/data/jobs.csv';
const LEAST = 'id,user,queue,submit,end';
const ALL_FIELDS =
  'id,short_id,account,avgcpu,count,cpupercent,cputime,cputype,elapsed,eligible,end,gputype,memory,' +
  'mpiprocs,name,numcpus,numgpus,numnodes,ompthreads,ptargets,queue,reqmem,resources,start,status,' +
  'submit,user,vmemory,walltime';
const CONTEXT = readingContextOf('derecho');

describe('an export without a header', () => {
  it.each<TimeUnit>(['s', 'm', 'h', 'd'])('is laid out as the header would say: %s', (unit) => {
    const { layout, unknownLabels } = layoutOfFields(FILE, ALL_FIELDS, unit);
    const expected = readHeader(FILE, ALL_LABELS.join(','), unit).layout;
    expect(layout).toEqual({ ...expected, header: '' });
    expect(unknownLabels).toEqual([]);
  });

  it.each([...FIELD_LABELS])('knows the field %s as "%s"', (name, label) => {
    const { layout, unknownLabels } = layoutOfFields(FILE, `${LEAST},${name}`, 'h');
    const column = layout.columns[5];
    expect(column.label).toBe(label);
    const repeats = `${LEAST},short_id`.split(',').includes(name);
    expect(column.field).toEqual(repeats ? { kind: 'ignored' } : (LABELS.get(label) ?? IGNORED));
    expect(unknownLabels).toEqual(LABELS.has(label) ? [] : [label]);
  });

  it('has a field for each label of a header', () => {
    expect(
      [...LABELS.keys()].filter((label) => ![...FIELD_LABELS.values()].includes(label)),
    ).toEqual([]);
  });

  it('gives the jobs that it would give with one, from its first line on', () => {
    const text = exportText([{ 'Job ID': '1.s' }, { 'Job ID': '2[7].s', 'Job Name': 'Zoë' }]);
    expect(readRows(ALL_FIELDS, text.slice(text.indexOf('\n') + 1))).toMatchObject({
      lines: 2,
      skippedLines: 0,
      rejects: [],
      jobs: readExport(text).jobs,
    });
  });

  it.each(['', '\r', '\uFEFF'])('skips no line but blank ones such as %j', (blank) => {
    const lines = ['1.s', '2.s'].map((id) => exportLine({ 'Job ID': id }, SHORT));
    const read = readRows(LEAST, `${blank}\n${lines[0]}\n${blank}\n${lines[1]}\n`);
    expect(read).toMatchObject({ lines: 4, skippedLines: 2, rejects: [] });
    expect(read.jobs.map(({ job_id }) => job_id)).toEqual(['1.s', '2.s']);
  });

  it('may have the short id before the id, which is the one that counts', () => {
    const { layout } = layoutOfFields(FILE, `short_id,${LEAST}`, 'h');
    expect(layout.columns.slice(0, 2).map(({ field }) => field.kind)).toEqual([
      'ignored',
      'job-id',
    ]);
    expect(layoutOfFields(FILE, 'user,short_id,queue,submit,end', 'h').layout.columns[1]).toEqual({
      label: 'Job ID',
      field: { kind: 'job-id' },
      scale: 1,
    });
  });

  it('may have columns to pass over, and blanks between the names', () => {
    const { layout, unknownLabels } = layoutOfFields(FILE, 'id, - ,user,queue,submit,-,end', 'h');
    expect(layout.columns.map(({ field }) => field.kind)).toEqual([
      'job-id',
      'ignored',
      'coded',
      'coded',
      'time',
      'ignored',
      'time',
    ]);
    expect(unknownLabels).toEqual([]);
  });

  it('crosses to another thread', () => {
    const { layout } = layoutOfFields(FILE, ALL_FIELDS, 'h');
    expect(structuredClone(layout)).toEqual(layout);
  });
});

describe('--fields', () => {
  it.each([
    ['usr', 'Did you mean "user"?'],
    ['Queue', 'Did you mean "queue"?'],
    ['wall_time', 'Did you mean "walltime"?'],
    ['', 'Nothing was read'],
    ['Resource_List[ncpus]', 'Nothing was read'],
  ])('with a name that is none (%j) is refused with the names that are: %s', (name, hint) => {
    const message = messageFor(`${LEAST},${name}`);
    expect(message).toContain(`${FILE}: --fields names "${name}", which is no field of qhist.`);
    expect(message).toContain(hint);
    expect(message).toContain('Known are id, short_id, user, account,');
  });

  it.each(LEAST.split(','))('without %s is refused', (missing) => {
    const fields = LEAST.split(',').filter((name) => name !== missing);
    expect(messageFor([...fields, 'elapsed'].join(','))).toContain(
      `${FILE}: --fields lacks ${missing}, without which a row is no job of a ledger`,
    );
  });
});

const IGNORED = { kind: 'ignored' };
const SHORT: readonly Label[] = ['Job ID', 'User', 'Queue', 'Job Submit', 'Job End'];

function readRows(fields: string, rows: string) {
  const { layout } = layoutOfFields(FILE, fields, 'h');
  const read = readQhistChunk(utf8(rows), layout, CONTEXT);
  return { ...read, jobs: decodeBatch(read.batch) };
}

function messageFor(fields: string): string {
  try {
    layoutOfFields(FILE, fields, 'h');
  } catch (error) {
    if (error instanceof SourceError) return error.message;
    throw error;
  }
  throw new Error(`the fields were accepted: ${fields}`);
}
