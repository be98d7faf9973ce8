import { describe, expect, it } from 'vitest';
import { newBatchColumns } from '../../src/job/batch-columns.ts';
import { CODED, NUMBER, NUMBER_COLUMNS, TEXT } from '../../src/job/job-batch.ts';
import { JobBatchBuilder } from '../../src/job/job-batch-builder.ts';
import { decodeBatch } from '../sources/decode-batch.ts';

const BYTES = Uint8Array.from(Buffer.from('7.s ada none 0'));

describe('JobBatchBuilder', () => {
  it('without rows gives an empty batch', () => {
    const batch = new JobBatchBuilder(BYTES, newBatchColumns(0)).finish();
    expect(batch).toMatchObject({ rows: 0, capacity: 0, bytes: BYTES, ascii: true });
    expect(decodeBatch(batch)).toEqual([]);
    expect(batch.tables.flat()).toEqual([]);
  });

  it('has NULL wherever nothing was set', () => {
    const builder = new JobBatchBuilder(BYTES, newBatchColumns(1));
    builder.endRow();
    const [job] = decodeBatch(builder.finish());
    const { qosCode, incomplete, endDay, ...columns } = job;
    expect([qosCode, incomplete, endDay]).toEqual([0, 0, 0]);
    expect(new Set(Object.values(columns))).toEqual(new Set([null]));
  });

  it('keeps each value in its own row and column', () => {
    const rows = 5;
    const builder = new JobBatchBuilder(BYTES, newBatchColumns(rows));
    for (let row = 0; row < rows; row++) {
      for (const name of NUMBER_COLUMNS) {
        builder.setNumber(NUMBER[name], row * 100 + NUMBER[name]);
        expect(builder.number(NUMBER[name])).toBe(row * 100 + NUMBER[name]);
      }
      builder.setText(TEXT.job_id, 0, 3);
      builder.setCoded(CODED.user, 4, 4 + row);
      builder.qosCode = row;
      builder.incomplete = 7 - row;
      builder.endDay = 20_000 + row;
      builder.endRow();
    }
    const jobs = decodeBatch(builder.finish());
    for (const [row, job] of jobs.entries()) {
      for (const name of NUMBER_COLUMNS) expect(job[name]).toBe(row * 100 + NUMBER[name]);
      expect(job).toMatchObject({
        job_id: '7.s',
        name: null,
        user: [null, 'a', 'ad', 'ada', 'ada '][row],
        account: null,
        qosCode: row,
        incomplete: 7 - row,
        endDay: 20_000 + row,
      });
    }
  });

  it('writes over a row that was begun and not ended', () => {
    const builder = new JobBatchBuilder(BYTES, newBatchColumns(2));
    builder.setNumber(NUMBER.elapsed, 1);
    builder.setNumber(NUMBER.elapsed, 2);
    builder.endRow();
    builder.setNumber(NUMBER.elapsed, 3);
    expect(decodeBatch(builder.finish()).map(({ elapsed }) => elapsed)).toEqual([2]);
  });

  it('takes an empty text for NULL', () => {
    const builder = new JobBatchBuilder(BYTES, newBatchColumns(1));
    builder.setText(TEXT.name, 4, 7);
    builder.setText(TEXT.name, 4, 4);
    builder.setCoded(CODED.account, 4, 7);
    builder.setCoded(CODED.account, 7, 7);
    builder.setCodedText(CODED.status, '0');
    builder.setCodedText(CODED.status, null);
    builder.endRow();
    expect(decodeBatch(builder.finish())[0]).toMatchObject({
      name: null,
      account: null,
      status: null,
    });
  });

  it('takes coded texts from the bytes or from outside', () => {
    const builder = new JobBatchBuilder(BYTES, newBatchColumns(3));
    builder.setCoded(CODED.account, 8, 12);
    expect(builder.codedText(CODED.account)).toBe('none');
    builder.endRow();
    builder.setCodedText(CODED.account, 'none');
    expect(builder.codedText(CODED.account)).toBe('none');
    builder.endRow();
    expect(builder.code(CODED.account)).toBe(-1);
    expect(builder.codedText(CODED.account)).toBeNull();
    builder.endRow();
    const batch = builder.finish();
    expect(decodeBatch(batch).map(({ account }) => account)).toEqual(['none', 'none', null]);
    expect(batch.tables[CODED.user]).toEqual([]);
  });

  it('says whether the bytes are ASCII', () => {
    const isAscii = (text: string) =>
      new JobBatchBuilder(Uint8Array.from(Buffer.from(text)), newBatchColumns(0)).finish().ascii;
    expect(isAscii('Zoe')).toBe(true);
    expect(isAscii('Zoë')).toBe(false);
  });
});

describe('the identity of a job', () => {
  it('is the same for the same id and submission, wherever they stand', () => {
    const [first, second] = [
      ['7.s', 'x', '7.s'],
      ['-', '7.s'],
    ].map((ids) => identities(ids.map((id) => ({ id, submit: 1_767_250_000 }))));
    expect(first[2]).toBe(first[0]);
    expect(second[1]).toBe(first[0]);
    expect(first[1]).not.toBe(first[0]);
  });

  it.each<[string, (i: number) => { id: string; submit: number }]>([
    ['jobs in a row', (i) => ({ id: `${4_500_000 + i}.sched1`, submit: 1_767_250_000 + 3 * i })],
    ['an array', (i) => ({ id: `6049117[${i}].sched1`, submit: 1_767_250_000 })],
    ['one job number again and again', (i) => ({ id: '7.s', submit: 1_767_250_000 + i })],
    ['ids of one letter', (i) => ({ id: 'a'.repeat(1 + (i % 9)), submit: Math.floor(i / 9) })],
  ])('differs within %s', (_, jobOf) => {
    const count = 50_000;
    const all = identities(Array.from({ length: count }, (_, i) => jobOf(i)));
    expect(new Set(all).size).toBe(count);
  });
});

function identities(jobs: readonly { id: string; submit: number }[]): string[] {
  const bytes = Uint8Array.from(Buffer.from(jobs.map(({ id }) => id).join('')));
  const builder = new JobBatchBuilder(bytes, newBatchColumns(jobs.length));
  let end = 0;
  for (const { id, submit } of jobs) {
    const start = end;
    end += id.length;
    builder.setText(TEXT.job_id, start, end);
    builder.setNumber(NUMBER.submit, submit);
    builder.endRow();
  }
  const { identities: hashes } = builder.finish();
  return jobs.map((_, row) => `${hashes[2 * row]}:${hashes[2 * row + 1]}`);
}
