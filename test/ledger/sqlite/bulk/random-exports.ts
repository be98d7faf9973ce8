import fc from 'fast-check';
import { SeededRandom } from '../../../../sample-data/random/seeded-random.ts';
import { exportLine } from '../../../sources/qhist-csv/export-line.ts';
import { jobsExport, LABELS } from '../../../support/jobs-export.ts';

/** What exports are like; the seed decides the rest. */
export interface ExportsShape {
  readonly seed: number;
  /** Lines of each export. */
  readonly lines: readonly number[];
  readonly chunkBytes: number;
  readonly threads: number;
}

export function exportsShapes(): fc.Arbitrary<ExportsShape> {
  return fc.record({
    seed: fc.nat(),
    lines: fc.array(fc.integer({ min: 1, max: 250 }), { minLength: 1, maxLength: 3 }),
    chunkBytes: fc.constantFrom(300, 20_000, 100_000, 1 << 20),
    threads: fc.constantFrom(1, 2),
  });
}

/**
 * Exports that share jobs, of the days around the repeated hour of autumn, with lines that are no jobs.
 * The same shape gives the same exports.
 */
export function exportsOf({ seed, lines }: ExportsShape): string[] {
  const random = new SeededRandom(String(seed));
  return lines.map((count) => {
    const body = Array.from({ length: count }, () =>
      random.chance(0.03) ? random.pick(['', 'no job', ','.repeat(29)]) : jobLine(random),
    );
    const ending = random.pick(['\n', '']);
    return `${[jobsExport([]).trimEnd(), ...body].join('\n')}${ending}`;
  });
}

const FIRST_END = Date.parse('2025-10-30T00:00:00Z') / 1000;
const NUMBERS = ['', '0', '1', '127', '128', '32768', '8388608', '2147483648'];

/** What a line may leave out. */
const OPTIONAL = [
  'Avg CPU',
  'CPU Time',
  'Exit Status',
  'MPI Tasks',
  'Nodes',
  'Num Runs',
  'Preempt Targets',
  'Req Mem',
  'Threads',
  'Virt Mem',
  'Walltime',
] as const;

function jobLine(random: SeededRandom): string {
  const number = random.between(1, 400);
  const end = new Date((FIRST_END + random.below(9 * 86_400)) * 1000).toISOString();
  return exportLine(
    {
      'Job ID': `${number}[${number % 5}].sched1`,
      'Job Submit': random.pick(['2025-10-01 08:00:00', '2025-10-01 08:00:01']),
      'Eligible Time': random.pick(['', '2025-10-01 08:00:05']),
      'Job Start': '',
      'Job End': end.slice(0, 19).replace('T', ' '),
      User: random.pick(['ada', 'bob', 'çelik', 'dora']),
      Account: random.pick(['', 'NUMB0001', 'NUMB0002']),
      Queue: random.pick(['cpu', 'gpu', 'gpudev', 'jhublogin']),
      Priority: random.pick(['', 'premium', 'economy']),
      // A quote sends the whole chunk to another reader.
      'Job Name': random.chance(0.02)
        ? '"a,b"'
        : random.pick(['', 'n', 'größe', '🚀', 'n'.repeat(random.below(9000))]),
      Resources: `1:ncpus=${'9'.repeat(random.chance(0.2) ? random.below(6000) : 3)}`,
      Elapsed: String(random.below(7200) / 3600),
      NCPUs: random.pick(NUMBERS),
      NGPUs: random.pick(NUMBERS),
      'CPU Percent': random.pick(NUMBERS),
      'Used Mem': random.pick(['', '0.0', '0.5', '27.75', '131072.0']),
      ...Object.fromEntries(OPTIONAL.filter(() => random.chance(0.3)).map((label) => [label, ''])),
    },
    LABELS,
  );
}
