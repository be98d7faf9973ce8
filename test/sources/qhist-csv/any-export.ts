import fc from 'fast-check';
import { ALL_LABELS, type Label } from './export-line.ts';

const REQUIRED: readonly Label[] = ['Job ID', 'User', 'Queue', 'Job Submit', 'Job End'];
const OPTIONAL = ALL_LABELS.filter((label) => !REQUIRED.includes(label));

/** Any order of the labels that every export has and of some that it may have, known or not. */
export const anyLabels: fc.Arbitrary<string[]> = fc
  .tuple(
    fc.shuffledSubarray<string>([...OPTIONAL, 'Priority', 'Type', 'Job ID', 'Energy (J)']),
    fc.array(fc.nat(), { minLength: REQUIRED.length, maxLength: REQUIRED.length }),
  )
  .map(([labels, places]) =>
    REQUIRED.reduce(
      (all, label, i) => all.toSpliced(places[i] % (all.length + 1), 0, label),
      labels,
    ),
  );

/** Within thirteen hours before the repeated hour of autumn, or in it. */
const anyTime = fc
  .integer({ min: -13 * 3600, max: 2400 })
  .map((seconds) => wallClock(Date.UTC(2025, 10, 2, 1) + seconds * 1000));
const anyCount = fc.nat(10_000).map(String);
const anyAmount = fc.oneof(
  fc.nat(10_000_000).map((count) => String(count / 3600)),
  fc.nat(1000).map((count) => `${count}.0`),
  fc.constantFrom('', '9.5367431640625e-07'),
);
const anyName = fc.oneof(
  { weight: 3, arbitrary: fc.stringMatching(/^[A-Za-z0-9_.-]{1,20}$/) },
  fc.constantFrom('Zoë', '日本 🚀', "it's", ' ', 'a b', '=1+1', '#x', '\\'),
);
const anySelect = fc
  .tuple(
    fc.nat(64),
    fc.nat(128),
    fc.constantFrom('', ':cpu_type=milan', ':gpu_type=a100+1:ncpus=2'),
  )
  .map(([nodes, ranks, more]) => `${nodes}:ncpus=128:mpiprocs=${ranks}${more}`);

/** A value that a column of this label may hold, seldom one that it must not hold. */
export function anyValue(label: string): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 80, arbitrary: usualValue(label) },
    { weight: 1, arbitrary: fc.constantFrom('', '?', '-1', '0', '1.5', 'None') },
  );
}

function usualValue(label: string): fc.Arbitrary<string> {
  switch (label) {
    case 'Job ID':
      return fc
        .tuple(fc.nat(), fc.constantFrom('.s1', '[3].s1', '[].s1', ''))
        .map((id) => id.join(''));
    case 'Job Submit':
      return fc.constantFrom('2025-11-01 11:59:59', '2025-09-30 08:15:30');
    case 'Job End':
      return fc.constantFrom('2025-11-02 01:40:00', '2025-12-24 20:00:00', '2025-12-31 23:59:59');
    case 'Job Start':
    case 'Eligible Time':
      return anyTime;
    case 'Elapsed':
    case 'Walltime':
    case 'CPU Time':
      return fc.oneof(
        { weight: 9, arbitrary: anyAmount },
        fc.constantFrom('00:00:00', '1:12:30:00'),
      );
    case 'Req Mem':
    case 'Used Mem':
    case 'Virt Mem':
      return fc.oneof({ weight: 9, arbitrary: anyAmount }, fc.constantFrom('0kb', '35760KB'));
    case 'NCPUs':
    case 'NGPUs':
    case 'Nodes':
    case 'MPI Tasks':
    case 'Threads':
    case 'CPU Percent':
    case 'Avg CPU':
    case 'Num Runs':
    case 'Exit Status':
      return anyCount;
    case 'Resources':
      return anySelect;
    case 'Type':
      return fc.constantFrom('E', 'E', 'E', 'E', 'R');
    default:
      return anyName;
  }
}

function wallClock(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}
