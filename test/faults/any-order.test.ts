import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryOptions } from '../../sample-data/history-options.ts';
import { type HistoryFormat, historyPieces } from '../../sample-data/history-pieces.ts';
import { machineProfiles } from '../../sample-data/world/machine-profiles.ts';
import { formatLocalDay, parseLocalDay } from '../../src/site/local-day.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { queryLedger } from '../support/query-ledger.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { contentOf } from './fault-bench.ts';

const OPTIONS: HistoryOptions = {
  machine: machineProfiles.derecho,
  jobs: 120,
  broken: 5,
  seed: 1,
  firstDay: parseLocalDay('2025-01-01'),
  jobsPerDay: 35,
};
const LINES = textOf('qhist-csv').trimEnd().split('\n');
const HEADER = LINES[0];
/** Every file is several chunks. */
const CHUNK_BYTES = 8192;
const MOST_FILES = 4;

describe('the same days', () => {
  it('in any order, at once or one after the other, are the same ledger', async () => {
    using folder = new TempFolder();
    const days = dayFiles(folder).slice(0, 4);
    expect(days).toHaveLength(4);
    const expected = await digestOf(folder, 'expected.db', [days]);
    for (const [i, order] of permutations(days).entries()) {
      const [first, ...others] = order;
      const runs = i % 2 === 0 ? [order] : [[first], others];
      expect(await digestOf(folder, `${i}.db`, runs)).toEqual(expected);
    }
  });

  it('three times, as the same file or as copies of it, are the same ledger', async () => {
    using folder = new TempFolder();
    const [day, nextDay] = dayFiles(folder);
    const expected = await digestOf(folder, 'expected.db', [[day, nextDay]]);
    const copies = ['again', 'once-more'].map((name) => folder.write(name, readFileSync(day)));
    const ways = { same: [[day], [day]], copied: copies.map((copy) => [copy]), atOnce: [copies] };
    for (const [way, again] of Object.entries(ways)) {
      expect(await digestOf(folder, `${way}.db`, [[day], [nextDay], ...again])).toEqual(expected);
      expect(await digestOf(folder, `${way}-2.db`, [[day, ...again.flat(), nextDay]])).toEqual(
        expected,
      );
    }
  });
});

describe('the same lines', () => {
  it('in any files, in any order and some of them twice, are the same ledger', async () => {
    using all = new TempFolder();
    const expected = await digestOf(all, 'ledger.db', [
      [all.write('all.csv', textOf('qhist-csv'))],
    ]);
    const rows = LINES.slice(1);
    const places = fc.array(fc.nat(MOST_FILES - 1), {
      minLength: rows.length,
      maxLength: rows.length,
    });
    const twice = fc.array(fc.nat(rows.length - 1), { maxLength: 10 });
    const property = fc.asyncProperty(
      places,
      twice,
      fc.boolean(),
      async (files, doubled, atOnce) => {
        using folder = new TempFolder();
        const paths = Array.from({ length: MOST_FILES }, (_, file) => {
          const own = rows.filter((_row, i) => files[i] === file);
          const others = doubled.map((i) => rows[i]);
          return folder.write(`${file}.csv`, [HEADER, ...own, ...others, ''].join('\n'));
        });
        const runs = atOnce ? [paths] : paths.map((path) => [path]);
        expect(await digestOf(folder, 'ledger.db', runs)).toEqual(expected);
      },
    );
    await fc.assert(property, { numRuns: 8 });
  });
});

describe.each<HistoryFormat>(['qhist-csv', 'pbs-log', 'qhist-json', 'qhist-list'])(
  'an upsert of identical files (%s)',
  (format) => {
    it('changes nothing', async () => {
      using folder = new TempFolder();
      const ledger = folder.file('ledger.db');
      const file = folder.write(`jobs-${format}.txt`, textOf(format));
      await ingestFiles(ledger, [file], { chunkBytes: CHUNK_BYTES });
      const before = { content: contentOf(ledger), rejects: rejectsOf(ledger) };
      const request = { chunkBytes: CHUNK_BYTES, upsert: true, force: true };
      const { totals, days } = await ingestFiles(ledger, [file], request);
      expect(totals).toMatchObject({ jobs: 0, updated: 0 });
      expect(totals.duplicates).toBeGreaterThan(100);
      expect(days).toEqual([]);
      expect({ content: contentOf(ledger), rejects: rejectsOf(ledger) }).toEqual(before);
      expect(ledgerFaults(ledger)).toEqual([]);
    });
  },
);

/** Makes a ledger by runs of so many files each. */
async function digestOf(
  folder: TempFolder,
  name: string,
  runs: readonly (readonly string[])[],
): Promise<unknown> {
  const ledger = folder.file(name);
  for (const files of runs) await ingestFiles(ledger, files, { chunkBytes: CHUNK_BYTES });
  return contentOf(ledger);
}

/** Where a line was rejected, and how often: another reading of the same file adds nothing. */
function rejectsOf(ledger: string): unknown {
  return queryLedger(ledger, 'SELECT file_id, byte_offset, code FROM rejects ORDER BY 1, 2');
}

function textOf(format: HistoryFormat): string {
  return [...historyPieces(format, OPTIONS)].map(({ text }) => text).join('');
}

function dayFiles(folder: TempFolder): string[] {
  const texts = new Map<string, string>();
  for (const { text, day } of historyPieces('pbs-log', OPTIONS)) {
    const name = formatLocalDay(day ?? 0).replaceAll('-', '');
    texts.set(name, (texts.get(name) ?? '') + text);
  }
  return [...texts].map(([name, text]) => folder.write(name, text));
}

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, i) =>
    permutations(items.toSpliced(i, 1)).map((others) => [item, ...others]),
  );
}
