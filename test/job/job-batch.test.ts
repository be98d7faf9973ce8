import { describe, expect, it } from 'vitest';
import { newBatchColumns } from '../../src/job/batch-columns.ts';
import {
  batchBuffers,
  CODED,
  CODED_COLUMNS,
  NUMBER,
  NUMBER_COLUMNS,
  TEXT,
  TEXT_COLUMNS,
} from '../../src/job/job-batch.ts';
import { JobBatchBuilder } from '../../src/job/job-batch-builder.ts';
import { decodeBatch } from '../sources/decode-batch.ts';

describe('the columns of a batch', () => {
  it.each([
    ['NUMBER', NUMBER, NUMBER_COLUMNS],
    ['TEXT', TEXT, TEXT_COLUMNS],
    ['CODED', CODED, CODED_COLUMNS],
  ])('%s has the place of each', (_, places, names) => {
    expect(Object.keys(places)).toEqual([...names]);
    expect(Object.values(places)).toEqual(names.map((_name, place) => place));
  });
});

describe('batchBuffers', () => {
  it('moves a batch to another thread whole, so that nothing of it is copied', () => {
    const builder = new JobBatchBuilder(
      Uint8Array.from(Buffer.from('7.s ada')),
      newBatchColumns(2),
    );
    builder.setNumber(NUMBER.elapsed, 90);
    builder.setText(TEXT.job_id, 0, 3);
    builder.setCoded(CODED.user, 4, 7);
    builder.setCodedText(CODED.account, 'none');
    builder.incomplete = 5;
    builder.endDay = 20_468;
    builder.endRow();
    const batch = builder.finish();
    const jobs = decodeBatch(batch);

    const moved = structuredClone(batch, { transfer: batchBuffers(batch) });
    expect(decodeBatch(moved)).toEqual(jobs);
    expect(jobs[0]).toMatchObject({ job_id: '7.s', user: 'ada', account: 'none', elapsed: 90 });
    const left = Object.values(batch).filter((value) => ArrayBuffer.isView(value));
    expect(left.length).toBeGreaterThan(0);
    expect(left.map(({ byteLength }) => byteLength)).toEqual(left.map(() => 0));
  });
});
