import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../../../sample-data/random/seeded-random.ts';
import { exactSumSql } from '../../../../src/ledger/exact-sum.ts';
import {
  type SummaryCell,
  SummaryCells,
} from '../../../../src/ledger/sqlite/bulk/summary-cells.ts';
import { propertyRuns } from './property-runs.ts';

interface SummedJob {
  readonly day: number;
  readonly owner: number;
  readonly cpu: number;
  readonly gpu: number;
  readonly memory: number;
  readonly factor: number;
}

/** The measures of a cell, in the order of its sums. */
const MEASURES: readonly ((job: SummedJob) => number)[] = [
  ({ cpu }) => cpu,
  ({ gpu }) => gpu,
  ({ memory }) => memory,
  ({ cpu, factor }) => cpu * factor,
  ({ gpu, factor }) => gpu * factor,
  ({ memory, factor }) => memory * factor,
];
const MEASURES_SQL = ['cpu', 'gpu', 'memory', 'cpu * factor', 'gpu * factor', 'memory * factor'];

/** What is cut off each number, in hours. */
const CUT_OFF = 2 ** -71;

describe('the cells of the summary', () => {
  const { numRuns, timeoutMs } = propertyRuns(150);

  it(
    'are the same to the last bit in any order of the jobs, in any parts, and summed by SQL',
    () => {
      using sql = new SqlSummary();
      const input = fc.record({
        jobs: summedJobs(),
        seed: fc.nat(),
        parts: fc.integer({ min: 1, max: 8 }),
      });
      fc.assert(
        fc.property(input, ({ jobs, seed, parts }) => {
          const random = new SeededRandom(String(seed));
          const whole = cellsOf(jobs);
          expect(bitsOf(cellsOf(shuffled(jobs, random)))).toEqual(bitsOf(whole));
          expect(bitsOf(mergedCells(shuffled(jobs, random), parts, random))).toEqual(bitsOf(whole));
          expect(bitsOf(sql.cellsOf(jobs))).toEqual(bitsOf(whole));
        }),
        { numRuns },
      );
    },
    timeoutMs,
  );

  it(
    'are what their jobs add up to, but for what is cut off',
    () => {
      fc.assert(
        fc.property(summedJobs(), (jobs) => {
          for (const { day, owner, jobs: count, sums } of cellsOf(jobs)) {
            const summed = jobs.filter((job) => job.day === day && job.owner === owner);
            expect(count).toBe(summed.length);
            for (const [i, measure] of MEASURES.entries()) expectSum(sums[i], summed.map(measure));
          }
        }),
        { numRuns },
      );
    },
    timeoutMs,
  );

  it('stay exact over many jobs', () => {
    const random = new SeededRandom('many');
    const jobs = Array.from({ length: 50_000 }, () => ({
      day: 1,
      owner: 0,
      cpu: (random.below(1_000_000) * 128) / 3600,
      gpu: random.below(10_000) / 3600,
      memory: random.unit() * 1e6,
      factor: random.pick([0, 0.7, 1, 1.5]),
    }));
    const [whole] = cellsOf(jobs);
    for (const [i, measure] of MEASURES.entries()) expectSum(whole.sums[i], jobs.map(measure));
    expect(bitsOf(mergedCells(shuffled(jobs, random), 100, random))).toEqual(bitsOf([whole]));
  });

  it('of a day that was taken out are given once, and the day is known to be late when it gets more', () => {
    const cells = new SummaryCells();
    const batch = (day: number): void => {
      const part = new SummaryCells();
      part.addJob(day, 0, 1, 0, 0, 1);
      cells.merge(part.packed(), Int32Array.of(day % 2));
    };
    const ranks = Int32Array.of(0, 1);
    for (const day of [10, 11, 12, 11, 14]) batch(day);
    const jobs = (taken: readonly SummaryCell[]): number[][] =>
      taken.map(({ day, owner, jobs }) => [day, owner, jobs]);
    expect(jobs([...cells.takeBefore(12, ranks)])).toEqual([
      [10, 0, 1],
      [11, 1, 2],
    ]);
    expect(cells.newestDay).toBe(14);
    for (const day of [9, 11, 13, 14]) batch(day);
    expect([...cells.lateDays]).toEqual([9, 11]);
    expect(jobs([...cells.takeBefore(Number.POSITIVE_INFINITY, ranks)])).toEqual([
      [12, 0, 1],
      [13, 1, 1],
      [14, 0, 2],
    ]);
    expect([...cells.takeBefore(Number.POSITIVE_INFINITY, ranks)]).toEqual([]);
  });

  it('are all there where they are many', () => {
    const jobs = Array.from({ length: 9000 }, (_, i) => ({
      day: i % 2,
      owner: i,
      cpu: i / 3600,
      gpu: 0,
      memory: i,
      factor: 1,
    }));
    const ranks = Int32Array.from(jobs.keys());
    const cells = new SummaryCells();
    for (const from of [0, 4000]) cells.merge(added(jobs.slice(from, from + 5000)).packed(), ranks);
    const taken = [...cells.takeBefore(2, ranks)];
    expect(taken.map(({ day, owner }) => [day, owner])).toEqual(
      [...jobs]
        .sort((a, b) => a.day - b.day || a.owner - b.owner)
        .map(({ day, owner }) => [day, owner]),
    );
    const inBoth = taken.filter(({ owner }) => owner >= 4000 && owner < 5000);
    expect(inBoth).toHaveLength(1000);
    expect(inBoth.filter(({ jobs, owner, sums }) => jobs !== 2 || sums[2] !== 2 * owner)).toEqual(
      [],
    );
  });

  it('that are used again for another day hold nothing of the first', () => {
    const cells = new SummaryCells();
    const ranks = Int32Array.from({ length: 5000 }, (_, owner) => owner);
    for (let day = 1; day <= 3; day++) {
      for (let owner = 0; owner < 5000; owner += day) cells.addJob(day, owner, owner, 0.5, 0, 0.7);
      const taken = [...cells.takeBefore(day + 1, ranks)];
      expect(taken.map(({ owner }) => owner)).toEqual([
        ...ranks.filter((owner) => owner % day === 0),
      ]);
      const wrong = taken.filter(
        ({ owner, jobs, sums }) =>
          jobs !== 1 || sums.join() !== [owner, 0.5, 0, owner * 0.7, 0.35, 0].join(),
      );
      expect(wrong).toEqual([]);
    }
  });
});

/** Hours of all sizes that stay below 2^43 in sum. */
function summedJobs(): fc.Arbitrary<SummedJob[]> {
  const hours = fc.oneof(
    fc.constantFrom(
      0,
      0,
      1 / 3600,
      0.1,
      1 / 3,
      1e-9,
      2 ** -11,
      2 ** -41,
      2 ** 33,
      2 ** 33 + 0.5 ** 11,
    ),
    fc.tuple(fc.nat(10_000_000), fc.integer({ min: 1, max: 4096 })).map(([s, n]) => (s * n) / 3600),
    fc.double({ min: 0, max: 2 ** 33, noNaN: true }),
  );
  const job = fc.record({
    day: fc.integer({ min: -1, max: 2 }),
    owner: fc.nat(2),
    cpu: hours,
    gpu: hours,
    memory: hours,
    factor: fc.oneof(fc.constantFrom(0, 0.7, 1, 1.5), fc.double({ min: 0, max: 4, noNaN: true })),
  });
  return fc.array(job, { maxLength: 60, size: 'max' });
}

function cellsOf(jobs: readonly SummedJob[]): SummaryCell[] {
  return takenOf(added(jobs));
}

function added(jobs: readonly SummedJob[]): SummaryCells {
  const cells = new SummaryCells();
  for (const { day, owner, cpu, gpu, memory, factor } of jobs) {
    cells.addJob(day, owner, cpu, gpu, memory, factor);
  }
  return cells;
}

/** Adds up parts on their own, with codes of their own for owners, and merges them as they come. */
function mergedCells(
  jobs: readonly SummedJob[],
  parts: number,
  random: SeededRandom,
): SummaryCell[] {
  const cells = new SummaryCells();
  const size = Math.ceil(jobs.length / parts);
  for (let part = 0; part < parts; part++) {
    const own = jobs.slice(part * size, (part + 1) * size);
    const codes = shuffled([0, 1, 2], random);
    const cellsOfPart = added(own.map((job) => ({ ...job, owner: codes.indexOf(job.owner) })));
    cells.merge(cellsOfPart.packed(), Int32Array.from(codes));
  }
  return takenOf(cells);
}

function takenOf(cells: SummaryCells): SummaryCell[] {
  return [...cells.takeBefore(Number.POSITIVE_INFINITY, Int32Array.of(0, 1, 2))];
}

/** Numbers as the bits that are stored; 0 and -0 are one, as they are in a ledger. */
function bitsOf(cells: readonly SummaryCell[]): string[] {
  return cells.map(({ day, owner, jobs, sums }) => {
    const bits = Buffer.from(Float64Array.from(sums, (sum) => sum + 0).buffer).toString('hex');
    return `${day} ${owner} ${jobs} ${bits}`;
  });
}

/** Sums up the same jobs by the SQL that summarises the days of a ledger. */
class SqlSummary implements Disposable {
  readonly #db = new Database(':memory:');
  readonly #insert: Database.Statement<[SummedJob]>;
  readonly #select: Database.Statement<[], number[]>;

  constructor() {
    this.#db.exec(
      `CREATE TABLE jobs (
         day INTEGER, owner INTEGER, cpu REAL, gpu REAL, memory REAL, factor REAL) STRICT`,
    );
    this.#insert = this.#db.prepare(
      'INSERT INTO jobs VALUES (@day, @owner, @cpu, @gpu, @memory, @factor)',
    );
    this.#select = this.#db
      .prepare<[], number[]>(
        `SELECT day, owner, count(*), ${MEASURES_SQL.map(exactSumSql).join(', ')}
         FROM jobs GROUP BY day, owner ORDER BY day, owner`,
      )
      .raw();
  }

  cellsOf(jobs: readonly SummedJob[]): SummaryCell[] {
    this.#db.exec('DELETE FROM jobs');
    this.#db.transaction(() => {
      for (const job of jobs) this.#insert.run(job);
    })();
    return this.#select.all().map(([day, owner, jobs, ...sums]) => ({ day, owner, jobs, sums }));
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }
}

/** Compares a sum with that of the very numbers, in whole multiples of the least double. */
function expectSum(sum: number, numbers: readonly number[]): void {
  const exact = numbers.reduce((total, number) => total + inLeastDoubles(number), 0n);
  const slack = exact / 10n ** 12n + BigInt(numbers.length) * inLeastDoubles(CUT_OFF);
  const error = inLeastDoubles(sum) - exact;
  expect(error <= slack && -error <= slack, `${sum} for ${numbers.join(' + ')}`).toBe(true);
}

function inLeastDoubles(number: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number);
  const bits = view.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const fraction = bits & 0xfffffffffffffn;
  const size = exponent === 0n ? fraction : (fraction | 0x10000000000000n) << (exponent - 1n);
  return number < 0 ? -size : size;
}

function shuffled<Thing>(things: readonly Thing[], random: SeededRandom): Thing[] {
  return things
    .map((thing) => ({ thing, turn: random.unit() }))
    .sort((a, b) => a.turn - b.turn)
    .map(({ thing }) => thing);
}
