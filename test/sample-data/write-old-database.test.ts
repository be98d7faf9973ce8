import { describe, expect, it } from 'vitest';
import { parseGenerateOptions } from '../../sample-data/generate-options.ts';
import { OLD_DATABASE_FORMATS } from '../../sample-data/old-database/old-database-format.ts';
import { writeOldDatabase } from '../../sample-data/old-database/write-old-database.ts';
import { machineProfiles } from '../../sample-data/world/machine-profiles.ts';
import { parseLocalDay } from '../../src/site/local-day.ts';
import { queryColumn, queryLedger } from '../support/query-ledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

const HISTORY = {
  machine: machineProfiles.casper,
  jobs: 50,
  broken: 0,
  seed: 3,
  firstDay: parseLocalDay('2025-06-01'),
  jobsPerDay: 20,
};

describe.each(OLD_DATABASE_FORMATS)('a synthetic %s database', (format) => {
  it('holds the jobs with times as UTC text, and a summary of their hours', () => {
    using folder = new TempFolder();
    const old = folder.file('old.db');
    writeOldDatabase(format, HISTORY, old);
    expect(queryColumn(old, 'SELECT count(*) FROM jobs')).toEqual([50]);
    expect(
      queryColumn(
        old,
        `SELECT count(*) FROM jobs
         WHERE "end" GLOB '????-??-?? ??:??:??.000000' AND unixepoch("end") - unixepoch(start) >= elapsed`,
      ),
    ).toEqual([50]);
    expect(queryColumn(old, 'SELECT sum(job_count) FROM daily_summary')).toEqual([50]);
    expect(queryColumn(old, 'PRAGMA integrity_check')).toEqual(['ok']);
  });

  it('is the same for the same options', () => {
    using folder = new TempFolder();
    const contents = ['one.db', 'two.db'].map((name) => {
      writeOldDatabase(format, HISTORY, folder.file(name));
      return queryLedger(folder.file(name), 'SELECT * FROM jobs');
    });
    expect(contents[1]).toEqual(contents[0]);
  });

  it('never takes the place of a file', () => {
    using folder = new TempFolder();
    const there = folder.write('old.db', '');
    expect(() => writeOldDatabase(format, HISTORY, there)).toThrow(/the file exists already/);
  });

  it('is asked for with a file and without broken records', () => {
    const asked = ['--machine', 'casper', '--jobs', '5', '--format', format];
    expect(parseGenerateOptions([...asked, '--out', 'old.db'])).toMatchObject({ format });
    expect(() => parseGenerateOptions(asked)).toThrow(/needs a file/);
    expect(() => parseGenerateOptions([...asked, '--out', 'old.db', '--broken', '1'])).toThrow(
      /--broken 1 is for raw history/,
    );
  });
});
