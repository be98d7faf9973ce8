import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IngestRequest } from '../../pipelines/ingest.ts';
import { digestLedger } from '../../src/ledger/sqlite/ledger-digest.ts';
import { closeLedger, openForReading } from '../../src/ledger/sqlite/open-ledger.ts';
import { exportText } from '../sources/qhist-csv/export-line.ts';
import { ingestFiles, makeEmptyLedger } from '../support/ingest-files.ts';
import { type JobFields, jobsExport } from '../support/jobs-export.ts';
import { ledgerContent, ledgerJobs, ledgerSummary } from '../support/ledger-content.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { presetMachine } from '../support/preset-machine.ts';
import { queryColumn, queryLedger, type Row } from '../support/query-ledger.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { exportOf, overlappingExports } from './random-overlaps.ts';

const JOB = { 'Job ID': '1.s', Queue: 'cpu', User: 'ada', Account: 'NUMB0001' };

describe('a newer record of a known job', () => {
  it('changes nothing unless that is asked for', async () => {
    using history = new History();
    await history.add(jobsExport([JOB]));
    const before = ledgerContent(history.ledger);
    const { totals } = await history.add(jobsExport([{ ...JOB, Elapsed: '0.5' }]), {});
    expect(totals).toMatchObject({ jobs: 0, updated: 0, duplicates: 1 });
    expect(ledgerContent(history.ledger)).toEqual(before);
  });

  it('gives its values, the charge of them and its QoS', async () => {
    using history = new History();
    await history.add(jobsExport([JOB]));
    const newer = {
      ...JOB,
      'Job Name': 'renamed',
      Queue: 'gpu',
      Priority: 'economy',
      Elapsed: '0.5',
      NGPUs: '4',
      'Exit Status': '271',
    };
    const { totals } = await history.add(jobsExport([newer]));
    expect(totals).toMatchObject({ lines: 1, jobs: 0, updated: 1, duplicates: 0 });
    expect(history.jobs()).toMatchObject([
      {
        name: 'renamed',
        queue: 'gpu',
        qos: 'economy',
        priority: 'economy',
        status: '271',
        elapsed: 1800,
        cpu_hours: 128,
        gpu_hours: 4,
        qos_factor: 0.7,
      },
    ]);
    expect(ledgerFaults(history.ledger)).toEqual([]);
  });

  it('leaves where the job came from', async () => {
    using history = new History();
    await history.add(jobsExport([{}, JOB]));
    const places = () => queryLedger(history.ledger, 'SELECT id, run_id, file_id, line FROM jobs');
    const before = places();
    await history.add(jobsExport([{ ...JOB, 'Job Name': 'renamed' }]));
    expect(places()).toEqual(before);
    expect(queryColumn(history.ledger, 'SELECT updated FROM run_files ORDER BY run_id')).toEqual([
      0, 1,
    ]);
  });

  it('moves the job to another day, and both days are summarised', async () => {
    using history = new History();
    const other = { ...JOB, 'Job ID': '2.s' };
    await history.add(jobsExport([JOB, other]));
    const later = { ...JOB, 'Job End': '2026-01-17 11:30:00' };
    const { days } = await history.add(jobsExport([later]));
    expect(days).toEqual(['2026-01-15', '2026-01-17']);
    expect(ledgerSummary(history.ledger).map(({ date, job_count }) => [date, job_count])).toEqual([
      ['2026-01-15', 1],
      ['2026-01-17', 1],
    ]);
    await history.add(jobsExport([{ ...other, 'Job End': '2026-01-17 11:30:00' }]));
    expect(ledgerSummary(history.ledger)).toMatchObject([{ date: '2026-01-17', job_count: 2 }]);
    expect(ledgerFaults(history.ledger)).toEqual([]);
  });

  it('that is the same is a duplicate and makes no day stale', async () => {
    using history = new History();
    await history.add(jobsExport([JOB]));
    const { totals, days } = await history.add(`${jobsExport([JOB])}\n`);
    expect(totals).toMatchObject({ jobs: 0, updated: 0, duplicates: 1 });
    expect(days).toEqual([]);
  });

  it('of a poorer export does not wipe out what a richer one has told', async () => {
    using history = new History();
    const rich = { ...JOB, Queue: 'gpu', 'CPU Type': '', 'GPU Type': 'h100', Resources: '' };
    await history.add(jobsExport([rich]));
    const [before] = history.jobs();
    expect(before).toMatchObject({ gputype: 'h100', cputype: null });
    const labels = ['Job ID', 'User', 'Queue', 'Job Submit', 'Job End', 'Elapsed'] as const;
    const poorer = exportText([{ ...rich, Elapsed: '0.5' }], labels);
    const { totals } = await history.add(poorer);
    expect(totals).toMatchObject({ updated: 1 });
    const [after] = history.jobs();
    expect(after).toEqual({
      ...before,
      elapsed: 1800,
      cpu_hours: Number(before.cpu_hours) / 3,
      gpu_hours: Number(before.gpu_hours) / 3,
      memory_hours: Number(before.memory_hours) / 3,
    });
    expect(ledgerFaults(history.ledger)).toEqual([]);
  });

  it('of a poorer export that tells nothing new is a duplicate', async () => {
    using history = new History();
    await history.add(jobsExport([{ ...JOB, 'GPU Type': 'h100' }]));
    const labels = ['Job ID', 'User', 'Queue', 'Job Submit', 'Job End'] as const;
    const { totals } = await history.add(exportText([JOB], labels));
    expect(totals).toMatchObject({ updated: 0, duplicates: 1 });
  });

  it('of a richer export fills in what was not known, also where something stood in for it', async () => {
    using history = new History();
    const labels = ['Job ID', 'User', 'Queue', 'Job Submit', 'Job End'] as const;
    await history.add(exportText([JOB], labels));
    expect(history.jobs()).toMatchObject([{ account: 'none', cputype: 'milan', incomplete: 5 }]);
    await history.add(jobsExport([{ ...JOB, 'GPU Type': 'h100' }]));
    expect(history.jobs()).toMatchObject([
      { account: 'NUMB0001', cputype: null, gputype: 'h100', numcpus: 256, incomplete: 0 },
    ]);
    expect(ledgerFaults(history.ledger)).toEqual([]);
  });

  it('leaves no name that no job has any more', async () => {
    using history = new History();
    const other = { ...JOB, 'Job ID': '2.s', User: 'bob' };
    await history.add(jobsExport([JOB, other]));
    const renamed = { User: 'ada2', Account: 'NUMB0009', Queue: 'cpudev' };
    const again = { User: 'ada3', Account: 'NUMB0008', Queue: 'gpudev' };
    await history.add(
      jobsExport([
        { ...JOB, ...renamed },
        { ...JOB, ...again },
      ]),
    );
    expect(history.jobs()).toMatchObject([
      { user: 'ada3', account: 'NUMB0008', queue: 'gpudev' },
      { user: 'bob', account: 'NUMB0001', queue: 'cpu' },
    ]);
    expect(ledgerFaults(history.ledger)).toEqual([]);
  });

  it('is charged by the rules of today', async () => {
    using history = new History();
    await history.add(jobsExport([JOB, { ...JOB, 'Job ID': '2.s' }]));
    const derecho = presetMachine('derecho');
    const factors = { ...derecho.charging.qos.factors, premium: 3 };
    const machine = {
      ...derecho,
      charging: { ...derecho.charging, qos: { ...derecho.charging.qos, factors } },
    };
    await history.add(jobsExport([{ ...JOB, 'Job Name': 'renamed' }]), { machine, upsert: true });
    expect(history.jobs()).toMatchObject([
      { qos_factor: 3, charge_version: 2 },
      { qos_factor: 1.5, charge_version: 1 },
    ]);
  });
});

describe('several records of one job', () => {
  const records = [
    { ...JOB, 'Job Name': 'first', Elapsed: '1.5' },
    { ...JOB, 'Job ID': '2.s' },
    { ...JOB, 'Job Name': 'second', User: 'bob', Priority: 'economy' },
    { ...JOB, 'Job Name': '', Elapsed: '0.5', 'Job End': '2026-01-17 11:30:00' },
  ];

  it.each([
    ['one chunk', 4 << 20],
    ['several chunks', 300],
  ])(
    'in %s end with the last one, in a new ledger and in an old one',
    async (_what, chunkBytes) => {
      using folder = new TempFolder();
      const file = folder.write('jobs.csv', jobsExport(records));
      const built = folder.file('built.db');
      const grown = folder.file('grown.db');
      await makeEmptyLedger(grown);
      const request = { upsert: true, chunkBytes };
      for (const ledger of [built, grown]) {
        const { totals } = await ingestFiles(ledger, [file], request);
        expect(totals).toMatchObject({ lines: 4, jobs: 2, updated: 2, duplicates: 0 });
        expect(ledgerJobs(ledger)[0]).toMatchObject({
          name: 'second',
          user: 'ada',
          priority: 'premium',
          elapsed: 1800,
          line: 2,
        });
        expect(ledgerFaults(ledger)).toEqual([]);
      }
      expect(digestOf(built)).toEqual(digestOf(grown));
      expect(ledgerContent(built)).toEqual(ledgerContent(grown));
    },
  );
});

describe('newer records in any order and any pieces', () => {
  it('leave each job with the last value that any of them knows', async () => {
    await fc.assert(
      fc.asyncProperty(overlappingExports(), async (exports) => {
        using history = new History();
        const model = new Map<string, Row>();
        const expected = { jobs: 0, updated: 0, duplicates: 0 };
        const counted = { jobs: 0, updated: 0, duplicates: 0 };
        for (const [i, each] of exports.entries()) {
          for (const job of each.jobs) expected[take(model, job)]++;
          history.hold(exportOf(each));
          if (each.sameRun && i + 1 < exports.length) continue;
          const { totals } = await history.load();
          for (const kind of KINDS) counted[kind] += totals[kind];
          expect(ledgerFaults(history.ledger)).toEqual([]);
        }
        expect(counted).toEqual(expected);
        expect(history.jobs().map(modelled)).toEqual(
          [...model.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, job]) => job),
        );
      }),
      { numRuns: 5 },
    );
  });
});

const KINDS = ['jobs', 'updated', 'duplicates'] as const;

/** Puts a record into the model. @returns what becomes of it. */
function take(model: Map<string, Row>, job: JobFields): (typeof KINDS)[number] {
  const key = job['Job ID'] ?? '';
  const known = model.get(key);
  const record: Row = {
    job_id: key,
    user: job.User ?? null,
    account: job.Account || 'none',
    queue: job.Queue ?? null,
    priority: job.Priority || null,
    elapsed: job.Elapsed ? Number(job.Elapsed) * 3600 : null,
    numcpus: job.NCPUs ? Number(job.NCPUs) : null,
    numnodes: job.Nodes ? Number(job.Nodes) : null,
    memory: job['Used Mem'] ? 4 * 2 ** 30 : null,
    name: job['Job Name'] || null,
    status: job['Exit Status'] || null,
    end: Date.parse(`${job['Job End']?.replace(' ', 'T')}-07:00`) / 1000,
  };
  if (known === undefined) {
    model.set(key, record);
    return 'jobs';
  }
  const news = Object.entries(record).filter(
    ([column, value]) =>
      value !== null && !(column === 'account' && value === 'none') && value !== known[column],
  );
  model.set(key, { ...known, ...Object.fromEntries(news) });
  return news.length === 0 ? 'duplicates' : 'updated';
}

function modelled(job: Row): Row {
  const columns =
    'job_id user account queue priority elapsed numcpus numnodes memory name status end';
  return Object.fromEntries(columns.split(' ').map((column) => [column, job[column]]));
}

function digestOf(ledger: string): unknown {
  const db = openForReading(ledger);
  try {
    return digestLedger(db);
  } finally {
    closeLedger(db);
  }
}

/** A ledger that export after export is read into, each in a file of its own. */
class History implements Disposable {
  readonly #folder = new TempFolder();
  readonly ledger = this.#folder.file('ledger.db');
  #files: string[] = [];
  #count = 0;

  hold(text: string): void {
    this.#count++;
    this.#files.push(this.#folder.write(`${this.#count}.csv`, text));
  }

  load(request: Partial<IngestRequest> = { upsert: true }): ReturnType<typeof ingestFiles> {
    const files = this.#files;
    this.#files = [];
    return ingestFiles(this.ledger, files, request);
  }

  add(text: string, request?: Partial<IngestRequest>): ReturnType<typeof ingestFiles> {
    this.hold(text);
    return this.load(request);
  }

  jobs(): Row[] {
    return ledgerJobs(this.ledger);
  }

  [Symbol.dispose](): void {
    this.#folder[Symbol.dispose]();
  }
}
