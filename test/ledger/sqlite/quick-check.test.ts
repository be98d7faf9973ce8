import {
  closeSync,
  copyFileSync,
  ftruncateSync,
  openSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  OWNER_INDEXES,
  SUMMARY_INDEXES,
  UNIQUE_INDEX,
} from '../../../src/ledger/sqlite/bulk/written-indexes.ts';
import { CHECKED_PARTS, demandSound, quickCheck } from '../../../src/ledger/sqlite/quick-check.ts';
import { ingestFiles } from '../../support/ingest-files.ts';
import { jobsExport } from '../../support/jobs-export.ts';
import { alterDatabase, queryColumn } from '../../support/query-ledger.ts';
import { TempFolder } from '../../support/temp-folder.ts';
import { loseIndexEntry } from '../../upkeep/verify/damage-ledger.ts';
import { propertyRuns } from './bulk/property-runs.ts';

const PAGE_SIZE = 4096;
/** Where the header of the file counts its pages. */
const PAGE_COUNT = 28;
/** Where an interior page of a table keeps the number of its last child. */
const LAST_CHILD = 8;

describe('the check of a built ledger', () => {
  const { numRuns, timeoutMs } = propertyRuns(300);

  it('finds nothing wrong with a sound one', async () => {
    using folder = new TempFolder();
    const ledger = await builtLedger(folder);
    expect(quickCheck(ledger, 'whole')).toEqual([]);
    expect(partsOf(ledger)).toEqual([]);
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
    const findings = partsOf(ledger);
    expect(findings).not.toEqual([]);
    expect(() => demandSound(ledger, findings)).toThrow(
      `${ledger}: the ledger that was built is not sound, so it was not put into service: `,
    );
  });

  it.each([
    ...[UNIQUE_INDEX, ...OWNER_INDEXES.map(({ name }) => name)].map(
      (name) => [name, 8, 'id'] as const,
    ),
    ...SUMMARY_INDEXES.map(({ name, column }) => [name, 1, `${column}_id`] as const),
  ])('tells that %s lacks an entry', async (index, row, key) => {
    using folder = new TempFolder();
    const ledger = await builtLedger(folder);
    loseIndexEntry(ledger, index, row, key);
    expect(partsOf(ledger)).toEqual([`wrong # of entries in index ${index}`]);
  });

  it('tells of a page that nothing uses', async () => {
    using folder = new TempFolder();
    const ledger = await builtLedger(folder);
    const pages = statSync(ledger).size / PAGE_SIZE;
    alterBytes(ledger, (fd) => {
      ftruncateSync(fd, (pages + 1) * PAGE_SIZE);
      writeNumber(fd, PAGE_COUNT, pages + 1);
    });
    expect(partsOf(ledger).join()).toContain(`Page ${pages + 1}: never used`);
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
    expect(partsOf(ledger).join()).toContain(`2nd reference to page ${shared}`);
  });

  it(
    'finds by parts what SQLite finds wrong with the whole, whatever is damaged',
    async () => {
      using folder = new TempFolder();
      const sound = await builtLedger(folder);
      // Some pages become free, and some records go on in chains of pages.
      alterDatabase(
        sound,
        `UPDATE jobs SET name = hex(zeroblob(6000)) WHERE id % 50 = 0;
         CREATE TABLE t (text TEXT); INSERT INTO t SELECT hex(zeroblob(3000)) FROM jobs; DROP TABLE t;`,
      );
      const damaged = folder.file('damaged.db');
      const pages = statSync(sound).size / PAGE_SIZE;
      fc.assert(
        fc.property(damages(pages), (damages) => {
          copyFileSync(sound, damaged);
          alterBytes(damaged, (fd) => {
            for (const damage of damages) applyDamage(fd, damage);
          });
          const ofWhole = foundIn(() => quickCheck(damaged, 'whole'));
          const ofParts = foundIn(() => partsOf(damaged));
          expect(ofParts.length > 0).toBe(ofWhole.length > 0);
        }),
        { numRuns },
      );
    },
    timeoutMs,
  );
});

/** Bytes of a page, one number that may lead to a page, or a copy of another page. */
type Damage =
  | { readonly page: number; readonly at: number; readonly bytes: Uint8Array }
  | { readonly page: number; readonly at: number; readonly leadsTo: number }
  | { readonly page: number; readonly copyOf: number };

/** Where numbers of pages stand: in the headers of the file and of pages, at the ends of pages. */
const POINTERS = [0, 4, 8, 12, 28, 32, 36, 52, 108, PAGE_SIZE - 4];

function damages(pages: number): fc.Arbitrary<Damage[]> {
  const page = fc.integer({ min: 1, max: pages });
  const anywhere = fc.nat(PAGE_SIZE - 8);
  const at = fc.oneof(anywhere, fc.nat(20), fc.constantFrom(...POINTERS));
  const damage: fc.Arbitrary<Damage> = fc.oneof(
    fc.record({ page, at, bytes: fc.uint8Array({ minLength: 1, maxLength: 4 }) }),
    fc.record({ page, at, leadsTo: fc.integer({ min: 0, max: pages + 2 }) }),
    fc.record({ page, copyOf: page }),
  );
  return fc.array(damage, { minLength: 1, maxLength: 2 });
}

function applyDamage(fd: number, damage: Damage): void {
  const start = (damage.page - 1) * PAGE_SIZE;
  if ('bytes' in damage) {
    writeSync(fd, damage.bytes, 0, damage.bytes.length, start + damage.at);
  } else if ('leadsTo' in damage) {
    writeNumber(fd, start + damage.at, damage.leadsTo);
  } else {
    const page = Buffer.alloc(PAGE_SIZE);
    readSync(fd, page, 0, PAGE_SIZE, (damage.copyOf - 1) * PAGE_SIZE);
    writeSync(fd, page, 0, PAGE_SIZE, start);
  }
}

/** Some files can't even be opened. */
function foundIn(check: () => string[]): string[] {
  try {
    return check();
  } catch (cause) {
    if (cause instanceof Database.SqliteError) return [cause.message];
    throw cause;
  }
}

function partsOf(ledger: string): string[] {
  return CHECKED_PARTS.flatMap((part) => quickCheck(ledger, part));
}

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
