import { renameSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { askLedger } from '../../src/cli/ask-ledger.ts';
import { closeLedger, openForWriting } from '../../src/ledger/sqlite/open-ledger.ts';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { TempFolder } from '../support/temp-folder.ts';

const MANY_JOBS = Array.from({ length: 2000 }, (_, i) => ({ 'Job ID': `${i + 1}.s` }));

describe('a question to a ledger that is replaced and written to before it is answered', () => {
  it('is asked again of the ledger that has the name now', async () => {
    using ledgers = await twoLedgers();
    using writer = new LaterWriter();
    let asked = 0;
    let toldAgain = 0;
    const answer = askLedger(
      ledgers.path,
      (db) => {
        const before = jobsIn(db);
        if (asked++ === 0) writer.writeInto(ledgers.swap());
        return { before, now: jobsIn(db), names: namesIn(db) };
      },
      () => toldAgain++,
    );
    const jobs = MANY_JOBS.length;
    expect(answer).toEqual({ before: jobs, now: jobs, names: jobs });
    expect([asked, toldAgain]).toEqual([2, 1]);
    writer[Symbol.dispose]();
    expect(ledgerFaults(ledgers.path)).toEqual([]);
  });

  it('is asked again too where it fails by that', async () => {
    using ledgers = await twoLedgers();
    let asked = 0;
    const answer = askLedger(ledgers.path, (db) => {
      if (asked++ > 0) return jobsIn(db);
      ledgers.swap();
      throw new Error('database disk image is malformed');
    });
    expect(answer).toBe(MANY_JOBS.length);
  });

  it('is answered where it is replaced each time', async () => {
    using ledgers = await twoLedgers();
    let asked = 0;
    const answer = askLedger(ledgers.path, (db) => {
      ledgers.exchange();
      asked++;
      return jobsIn(db);
    });
    expect([EXAMPLE_JOBS.length, MANY_JOBS.length]).toContain(answer);
    expect(asked).toBeLessThan(10);
  });

  it('keeps its own failure where the ledger is the same', async () => {
    using ledgers = await twoLedgers();
    const question = (): never => {
      throw new Error('no such thing');
    };
    expect(() => askLedger(ledgers.path, question)).toThrow('no such thing');
  });
});

async function twoLedgers(): Promise<TwoLedgers> {
  const folder = new TempFolder();
  const ledgers = new TwoLedgers(folder);
  await ingestFiles(ledgers.path, [folder.write('few.csv', jobsExport(EXAMPLE_JOBS))]);
  await ingestFiles(ledgers.other, [folder.write('many.csv', jobsExport(MANY_JOBS))]);
  return ledgers;
}

/** A ledger, and another one that can take its place. */
class TwoLedgers implements Disposable {
  readonly path: string;
  readonly other: string;
  readonly #folder: TempFolder;

  constructor(folder: TempFolder) {
    this.#folder = folder;
    this.path = folder.file('ledger.db');
    this.other = folder.file('other.db');
  }

  swap(): string {
    renameSync(this.other, this.path);
    return this.path;
  }

  exchange(): void {
    renameSync(this.path, this.#folder.file('aside.db'));
    renameSync(this.other, this.path);
    renameSync(this.#folder.file('aside.db'), this.other);
  }

  [Symbol.dispose](): void {
    this.#folder[Symbol.dispose]();
  }
}

/** Stays after it has written, so that its log does too. */
class LaterWriter implements Disposable {
  #db: Database.Database | undefined;

  writeInto(path: string): void {
    this.#db = openForWriting(path);
    this.#db.exec("UPDATE jobs SET name = 'renamed' WHERE id % 3 = 0");
  }

  [Symbol.dispose](): void {
    if (this.#db?.open === true) closeLedger(this.#db);
  }
}

function jobsIn(db: Database.Database): number {
  return Number(db.prepare('SELECT count(*) FROM jobs').pluck().get());
}

/** Reads the pages of the table. */
function namesIn(db: Database.Database): number {
  return Number(db.prepare('SELECT count(submit + length(job_id)) FROM jobs').pluck().get());
}
