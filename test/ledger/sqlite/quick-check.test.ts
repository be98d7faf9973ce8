import { closeSync, ftruncateSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { WRITTEN_INDEXES } from '../../../src/ledger/sqlite/bulk/written-indexes.ts';
import { demandSound, quickCheck } from '../../../src/ledger/sqlite/quick-check.ts';
import { ingestFiles } from '../../support/ingest-files.ts';
import { jobsExport } from '../../support/jobs-export.ts';
import { queryColumn } from '../../support/query-ledger.ts';
import { TempFolder } from '../../support/temp-folder.ts';
import { loseIndexEntry } from '../../upkeep/verify/damage-ledger.ts';

const PAGE_SIZE = 4096;
/** Where the header of the file counts its pages. */
const PAGE_COUNT = 28;
/** Where an interior page of a table keeps the number of its last child. */
const LAST_CHILD = 8;

describe('the check of a built ledger', () => {
  it('finds nothing wrong with a sound one', async () => {
    using folder = new TempFolder();
    const ledger = await builtLedger(folder);
    expect(quickCheck(ledger)).toEqual([]);
    expect(() => demandSound(ledger, [])).not.toThrow();
  });

  it.each([
    ['the table', 'jobs'],
    ['the unique index', 'ux_jobs_job_id_submit'],
    ['an index by owner', 'ix_jobs_queue_end'],
  ])('tells of a damaged page of %s', async (_, name) => {
    using folder = new TempFolder();
    const ledger = await builtLedger(folder);
    alterBytes(ledger, (fd) => {
      writeSync(fd, Buffer.alloc(16, 0xff), 0, 16, (rootPage(ledger, name) - 1) * PAGE_SIZE);
    });
    const findings = quickCheck(ledger);
    expect(findings).not.toEqual([]);
    expect(() => demandSound(ledger, findings)).toThrow(
      `${ledger}: the ledger that was built is not sound, so it was not put into service: `,
    );
  });

  it.each(WRITTEN_INDEXES)('tells that %s lacks an entry', async (index) => {
    using folder = new TempFolder();
    const ledger = await builtLedger(folder);
    loseIndexEntry(ledger, index, 8);
    expect(quickCheck(ledger)).toEqual([`wrong # of entries in index ${index}`]);
  });

  it('tells of a page that nothing uses', async () => {
    using folder = new TempFolder();
    const ledger = await builtLedger(folder);
    const pages = statSync(ledger).size / PAGE_SIZE;
    alterBytes(ledger, (fd) => {
      ftruncateSync(fd, (pages + 1) * PAGE_SIZE);
      writeNumber(fd, PAGE_COUNT, pages + 1);
    });
    expect(quickCheck(ledger).join()).toContain(`Page ${pages + 1}: never used`);
  });

  it('tells of a page that two tables use', async () => {
    using folder = new TempFolder();
    const ledger = await builtLedger(folder);
    const lastChild = (table: string): number =>
      (rootPage(ledger, table) - 1) * PAGE_SIZE + LAST_CHILD;
    let shared = 0;
    alterBytes(ledger, (fd) => {
      shared = readNumber(fd, lastChild('jobs'));
      writeNumber(fd, lastChild('job_charges'), shared);
    });
    expect(quickCheck(ledger).join()).toContain(`2nd reference to page ${shared}`);
  });
});

/** Of so many jobs that the tables of jobs and of charges have several pages each. */
async function builtLedger(folder: TempFolder): Promise<string> {
  const ledger = folder.file('ledger.db');
  const jobs = Array.from({ length: 500 }, (_, i) => ({ 'Job ID': `${i + 1}.sched1` }));
  await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport(jobs))]);
  return ledger;
}

function rootPage(ledger: string, name: string): number {
  return Number(
    queryColumn(ledger, `SELECT rootpage FROM sqlite_schema WHERE name = '${name}'`)[0],
  );
}

function alterBytes(path: string, alter: (fd: number) => void): void {
  const fd = openSync(path, 'r+');
  try {
    alter(fd);
  } finally {
    closeSync(fd);
  }
}

function readNumber(fd: number, at: number): number {
  const bytes = Buffer.alloc(4);
  readSync(fd, bytes, 0, 4, at);
  return bytes.readUInt32BE(0);
}

function writeNumber(fd: number, at: number, value: number): void {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  writeSync(fd, bytes, 0, 4, at);
}
