import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { historyPieces } from '../../sample-data/history-pieces.ts';
import { writeHistory } from '../../sample-data/write-history.ts';
import type { ReadAs } from '../../src/sources/format-of.ts';
import { inputFiles } from '../../src/sources/input-files.ts';
import { exampleHistory, historyText } from '../sample-data/history-of.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { type LedgerContent, ledgerContent } from '../support/ledger-content.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { presetMachine } from '../support/preset-machine.ts';
import type { Row } from '../support/query-ledger.ts';
import { LAUNCHER } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { formatTable, type Knowledge } from './format-table.ts';
import {
  BROKEN,
  historyOf,
  JOBS,
  MACHINES,
  type MachineName,
  variantsOf,
} from './history-variants.ts';
import { isKnown } from './known-of-job.ts';

const TABLE = formatTable();
/** Where a row was read from, which is no part of the job. */
const PLACE = ['file', 'line'];
const COMPRESSIONS: readonly [string, (text: string) => string | Buffer][] = [
  ['', (text) => text],
  ['.gz', gzipSync],
  ['.zst', zstdCompressSync],
];

async function contentOf(
  folder: TempFolder,
  machine: MachineName,
  names: readonly string[],
  readAs?: ReadAs,
): Promise<LedgerContent> {
  const ledger = folder.file('ledger.db');
  const { paths } = inputFiles(names, null);
  const request = { machine: presetMachine(machine), ...(readAs === undefined ? {} : { readAs }) };
  await ingestFiles(ledger, paths, request);
  expect(ledgerFaults(ledger)).toEqual([]);
  return ledgerContent(ledger);
}

/** What a PBS log knows, which is all that there is to know. */
async function exactContent(machine: MachineName): Promise<LedgerContent> {
  using folder = new TempFolder();
  const log = folder.write('20260128', historyText('pbs-log', historyOf(machine)));
  return await contentOf(folder, machine, [log]);
}

const EXACT = {
  derecho: await exactContent('derecho'),
  casper: await exactContent('casper'),
};

/** What is in a ledger against what the table says; empty where that is the same. */
function differences(exact: readonly Row[], jobs: readonly Row[], knowledge: Knowledge): string[] {
  const ids = (rows: readonly Row[]) => rows.map(({ job_id }) => job_id);
  expect(ids(jobs)).toEqual(ids(exact));
  return [...knowledge].flatMap(([column, word]) => {
    const wrong = jobs.findIndex((job, row) => !isKnown(word, column, exact[row], job));
    if (wrong === -1) return [];
    const { job_id, [column]: value } = jobs[wrong];
    return [`${column} of ${job_id} is ${value}, by the table "${word}": ${exact[wrong][column]}`];
  });
}

/** All but the places where rows were read. */
function withoutPlaces({ rejects: _, ...content }: LedgerContent): object {
  const jobs = content.jobs.map((job) =>
    Object.fromEntries(Object.entries(job).filter(([column]) => !PLACE.includes(column))),
  );
  return { ...content, jobs };
}

function expectKnown(machine: MachineName, column: string, content: LedgerContent): void {
  const knowledge = TABLE.get(column) ?? new Map();
  const exact = EXACT[machine];
  expect(differences(exact.jobs, content.jobs, knowledge)).toEqual([]);
  const { users, accounts, queues, chargeRules, staleDays } = content;
  expect({ users, accounts, queues, chargeRules, staleDays }).toEqual({
    users: exact.users,
    accounts: exact.accounts,
    queues: exact.queues,
    chargeRules: exact.chargeRules,
    staleDays: exact.staleDays,
  });
  const isExact = [...knowledge.values()].every((word) => word === 'exact');
  if (isExact) expect(withoutPlaces(content)).toEqual(withoutPlaces(exact));
}

describe('the table of what each format knows', () => {
  it('has each column of a job, its names and its charge, and nothing else', () => {
    const columns = Object.keys(EXACT.derecho.jobs[0]).filter((column) => !PLACE.includes(column));
    for (const [format, knowledge] of TABLE) {
      expect([...knowledge.keys()].sort(), format).toEqual(columns.sort());
    }
  });

  it('has each format, and each is tested', () => {
    const tested = new Set(MACHINES.flatMap(variantsOf).map(({ column }) => column));
    expect([...TABLE.keys()].sort()).toEqual([...tested].sort());
  });
});

describe.each(MACHINES)('history of %s', (machine) => {
  it('has all its jobs and none of the broken ones in the ledger', () => {
    const { jobs, rejects } = EXACT[machine];
    // A comma in a name and a blank line break no log.
    expect({ jobs: jobs.length, rejects: rejects.length }).toEqual({
      jobs: JOBS + 2,
      rejects: BROKEN - 4,
    });
  });

  it.each(variantsOf(machine))(
    'as $variant gives the same ledger',
    async ({ name, column, text, readAs }) => {
      using folder = new TempFolder();
      const file = folder.write(name, text);
      expectKnown(machine, column, await contentOf(folder, machine, [file], readAs));
    },
  );

  describe.each(COMPRESSIONS.slice(1))('compressed (%s)', (suffix, compress) => {
    const formats = ['PBS log', 'JSON', 'CSV', 'list'];
    const variants = variantsOf(machine).filter(({ variant }) => formats.includes(variant));
    it.each(variants)(
      'as $variant gives the same ledger',
      async ({ name, column, text, readAs }) => {
        using folder = new TempFolder();
        const file = folder.write(`${name}${suffix}`, compress(text));
        expectKnown(machine, column, await contentOf(folder, machine, [file], readAs));
      },
    );
  });

  it.each(COMPRESSIONS)(
    'as a folder of day files (%s) gives the same',
    async (suffix, compress) => {
      using folder = new TempFolder();
      const days = await dayFiles(folder, machine);
      for (const day of days) folder.write(`logs/${day}${suffix}`, compress(read(folder, day)));
      expect(days.length).toBeGreaterThan(2);
      const content = await contentOf(folder, machine, [folder.file('logs')]);
      expectKnown(machine, 'PBS log', content);
    },
  );

  it('as files of all compressions that a pattern names gives the same', async () => {
    using folder = new TempFolder();
    const days = await dayFiles(folder, machine);
    for (const [place, day] of days.entries()) {
      const [suffix, compress] = COMPRESSIONS[place % COMPRESSIONS.length];
      folder.write(`logs/${day}${suffix}`, compress(read(folder, day)));
    }
    folder.write('logs/notes', 'Dear reader,\n');
    const content = await contentOf(folder, machine, [folder.file('logs/2026*')]);
    expectKnown(machine, 'PBS log', content);
  });

  it('that comes again in every other format adds nothing', async () => {
    using folder = new TempFolder();
    const variants = variantsOf(machine);
    const request = { machine: presetMachine(machine) };
    const ledger = folder.file('ledger.db');
    const log = folder.write('20260128', variants[0].text);
    await ingestFiles(ledger, [log], request);
    const before = withoutPlaces(ledgerContent(ledger));
    const others = variants.filter(
      ({ column }, place) => variants.findIndex((each) => each.column === column) === place,
    );
    for (const { variant, name, text, readAs } of others.slice(1)) {
      const file = folder.write(`${variant}/${name}`, text);
      const { totals } = await ingestFiles(ledger, [file], { ...request, readAs });
      expect([totals.jobs, totals.duplicates, totals.updated], variant).toEqual([0, JOBS + 2, 0]);
    }
    expect(withoutPlaces(ledgerContent(ledger))).toEqual(before);
  });

  it.each([
    ['plain', 'PBS log', 'PBS log', (text: string) => text],
    ['in gzip', 'JSON', 'JSON', gzipSync],
    ['in Zstandard', 'list', 'List', zstdCompressSync],
    ['plain', 'CSV, default fields', 'CSV, default fields', (text: string) => text],
  ])('on standard input, %s, as %s gives the same', (_how, variant, column, compress) => {
    using folder = new TempFolder();
    const text = variantsOf(machine).find((each) => each.variant === variant)?.text ?? '';
    const args = ['ingest', '-', '--machine', machine, '--quiet', '--db', 'ledger.db'];
    const { status, stderr } = spawnSync(process.execPath, [LAUNCHER, ...args], {
      cwd: folder.path,
      input: compress(text),
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    const ledger = folder.file('ledger.db');
    expect(ledgerFaults(ledger)).toEqual([]);
    expectKnown(machine, column, ledgerContent(ledger));
  });
});

describe('history over the repeated hour of autumn', () => {
  it.each(['qhist-csv', 'qhist-json', 'qhist-list'] as const)(
    'as %s has other times than a log only in that hour, and earlier ones',
    async (format) => {
      using folder = new TempFolder();
      const history = exampleHistory({ broken: 0 });
      const log = folder.write('20251101', historyText('pbs-log', history));
      const fromLog = await contentOf(folder, 'derecho', [log]);
      using other = new TempFolder();
      const file = other.write('export', historyText(format, history));
      const { jobs } = await contentOf(other, 'derecho', [file]);
      const exact = new Map(fromLog.jobs.map((job) => [job.job_id, job]));
      expect(jobs).toHaveLength(exact.size);
      const differing = jobs.flatMap((job) =>
        ['submit', 'eligible', 'start', 'end'].flatMap((column) => {
          const instant = Number(exact.get(job.job_id)?.[column]);
          return job[column] === instant ? [] : [{ instant, read: Number(job[column]) }];
        }),
      );
      const repeatedHour = Date.parse('2025-11-02T08:00:00Z') / 1000;
      for (const { instant, read } of differing) {
        expect(instant - read).toBe(3600);
        expect(Math.floor((instant - repeatedHour) / 3600)).toBe(0);
      }
      expect(differing.length).toBeGreaterThan(0);
    },
  );
});

/** Day files as PBS writes them, in the folder itself. @returns their names. */
async function dayFiles(folder: TempFolder, machine: MachineName): Promise<string[]> {
  mkdirSync(folder.file('days'));
  await writeHistory(historyPieces('pbs-log', historyOf(machine)), folder.file('days'));
  return folder.names('days');
}

function read(folder: TempFolder, day: string): string {
  return readFileSync(folder.file(`days/${day}`), 'utf8');
}
