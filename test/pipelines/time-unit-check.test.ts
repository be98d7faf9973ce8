import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SourceError } from '../../src/sources/source-error.ts';
import { exampleHistory, historyText } from '../sample-data/history-of.ts';
import { failureOf } from '../support/failure-of.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { TempFolder } from '../support/temp-folder.ts';

const HISTORY = exampleHistory({ jobs: 100, broken: 7 });
const WRONG_UNITS = [
  ['s', 'seconds'],
  ['m', 'minutes'],
  ['d', 'days'],
] as const;

describe.each(['qhist-csv', 'qhist-json'] as const)('an export as %s', (format) => {
  it.each(WRONG_UNITS)('of hours, read in %s, is refused', async (timeUnit, name) => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('export', historyText(format, HISTORY));
    const failure = await failureOf(ingestFiles(ledger, [file], { readAs: { timeUnit } }));
    expect(failure).toBeInstanceOf(SourceError);
    expect(failure.message).toBe(
      `${file}: durations are not ${name}: elapsed fits end - start when read as hours. ` +
        'Nothing was read. Use --time-unit h.',
    );
    expect(existsSync(ledger)).toBe(false);
  });
});

describe.each(['qhist-list', 'pbs-log'] as const)('history as %s', (format) => {
  it.each(WRONG_UNITS)('says its unit itself, whatever was told (%s)', async (timeUnit) => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('history', historyText(format, HISTORY));
    const { totals } = await ingestFiles(ledger, [file], { readAs: { timeUnit } });
    expect(totals.jobs).toBeGreaterThanOrEqual(100);
  });
});
