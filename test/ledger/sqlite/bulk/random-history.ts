import fc from 'fast-check';
import { SeededRandom } from '../../../../sample-data/random/seeded-random.ts';
import {
  CODED_COLUMNS,
  type CodedColumn,
  NUMBER_COLUMNS,
  type NumberColumn,
  TEXT_COLUMNS,
  type TextColumn,
} from '../../../../src/job/job-batch.ts';
import {
  EXTREME_COUNTS,
  EXTREME_INTEGERS,
  EXTREME_REALS,
  EXTREME_TEXTS,
} from './extreme-values.ts';

/** A job as a reader would hand it on; a column that is left out is NULL. */
export interface ReadJob {
  readonly numbers: Readonly<Partial<Record<NumberColumn, number>>>;
  readonly texts: Readonly<Partial<Record<TextColumn | CodedColumn, string>>>;
  readonly qosCode: number;
  readonly incomplete: number;
  /** Both hashes of the job, where they are to be equal to those of another. */
  readonly forgedHash?: number;
}

/** Jobs in the order of their file, cut into chunks. */
export interface History {
  readonly pageSize: number;
  readonly chunks: readonly (readonly ReadJob[])[];
}

/** What a history is like; the seed decides the rest. */
export interface HistoryShape {
  readonly seed: number;
  readonly pageSize: number;
  readonly rows: number;
  readonly chunkRows: number;
  readonly names: number;
  readonly ends: 'sorted' | 'unsorted' | 'equal';
  readonly texts: 'short' | 'around a page' | 'several pages';
  readonly values: 'usual' | 'extreme';
  /** Jobs in order, elements of few array jobs, few ids again and again, long ids, ids of any characters. */
  readonly ids: 'in order' | 'of arrays' | 'used again' | 'long' | 'any';
  readonly repeats: 'none' | 'near' | 'far' | 'near and far';
  /** Whether jobs that differ have equal hashes now and then. */
  readonly forged: boolean;
}

/** Shapes of small and middling histories, and a few whose trees have three levels and more. */
export function historyShapes(): fc.Arbitrary<HistoryShape> {
  const shape = {
    seed: fc.nat(),
    chunkRows: fc.oneof(fc.constantFrom(1, 2, 1000), fc.integer({ min: 1, max: 200 })),
    names: fc.constantFrom(1, 2, 5, 40, 300),
    ends: fc.constantFrom('sorted', 'unsorted', 'equal'),
    values: fc.constantFrom('usual', 'extreme'),
    ids: fc.constantFrom('in order', 'of arrays', 'used again', 'long', 'any'),
    repeats: fc.constantFrom('none', 'none', 'near', 'far', 'near and far'),
    forged: fc.constantFrom(false, false, true),
  } as const;
  const small = fc.record({
    ...shape,
    pageSize: fc.constantFrom(512, 512, 1024, 4096, 4096, 4096, 65_536),
    rows: fc.oneof(fc.constantFrom(0, 1, 2), fc.nat(30), fc.nat(100)),
    texts: fc.constantFrom('short', 'short', 'around a page', 'several pages'),
  });
  const deep = fc.record({
    ...shape,
    pageSize: fc.constant(512),
    rows: fc.integer({ min: 1500, max: 3000 }),
    chunkRows: fc.constantFrom(50, 700, 3000),
    texts: fc.constant<HistoryShape['texts']>('short'),
  });
  return fc.oneof({ weight: 39, arbitrary: small }, { weight: 1, arbitrary: deep });
}

/** The same shape gives the same history. */
export function historyOf(shape: HistoryShape): History {
  const source = new JobSource(shape);
  const jobs: ReadJob[] = [];
  for (let i = 0; i < shape.rows; i++) jobs.push(source.next(jobs));
  const chunks: ReadJob[][] = [];
  for (let from = 0; from < jobs.length; from += shape.chunkRows) {
    chunks.push(jobs.slice(from, from + shape.chunkRows));
  }
  return { pageSize: shape.pageSize, chunks };
}

/** 2026-01-01 UTC. */
const FIRST_END = 1_767_225_600;
const REPEATED = 0.1;
const FORGED = 0.1;
const OWNER_COLUMNS = ['user', 'account', 'queue'] as const;
const NOT_NULL = ['submit', 'end', 'cpu_hours', 'gpu_hours', 'memory_hours'];
const QOS_CODES = 5;
const INCOMPLETE_SUMS = 8;
/** What the other columns of a row take, more or less. */
const MOST_BYTES_BESIDES = 300;

class JobSource {
  readonly #shape: HistoryShape;
  readonly #random: SeededRandom;
  #number = 0;
  #end = FIRST_END;

  constructor(shape: HistoryShape) {
    this.#shape = shape;
    this.#random = new SeededRandom(String(shape.seed));
  }

  /** @param before all jobs so far. */
  next(before: readonly ReadJob[]): ReadJob {
    this.#number++;
    const job = this.#job();
    const repeated = this.#repeated(before);
    if (repeated === undefined) {
      const isForged = this.#shape.forged && this.#random.chance(FORGED);
      return isForged ? { ...job, forgedHash: this.#random.below(3) } : job;
    }
    return {
      ...repeated,
      ...job,
      numbers: { ...job.numbers, submit: repeated.numbers.submit ?? 0 },
      texts: { ...job.texts, job_id: repeated.texts.job_id ?? '' },
    };
  }

  #job(): ReadJob {
    const random = this.#random;
    const numbers: Partial<Record<NumberColumn, number>> = {};
    for (const column of NUMBER_COLUMNS) {
      if (column === 'line') continue;
      if (random.chance(0.1) && !NOT_NULL.includes(column)) continue;
      numbers[column] = this.#numberOf(column);
    }
    const texts: Partial<Record<TextColumn | CodedColumn, string>> = {};
    for (const column of [...TEXT_COLUMNS, ...CODED_COLUMNS]) {
      if (random.chance(0.8)) texts[column] = this.#shortText();
    }
    for (const owner of OWNER_COLUMNS) texts[owner] = `${owner}-${random.below(this.#shape.names)}`;
    texts.job_id = this.#jobId();
    if (this.#shape.ids === 'used again') numbers.submit = FIRST_END - this.#number;
    if (this.#shape.texts !== 'short' && random.chance(0.3)) texts.resources = this.#longText();
    return {
      numbers,
      texts,
      qosCode: random.below(QOS_CODES),
      incomplete: random.chance(0.2) ? random.below(INCOMPLETE_SUMS) : 0,
    };
  }

  /** With its submission no other job has it. */
  #jobId(): string {
    const random = this.#random;
    const number = this.#number;
    switch (this.#shape.ids) {
      case 'in order':
        return `${number}[${random.below(9)}].sched`;
      case 'of arrays':
        return `${9 + (number % 3)}[${number}].sched`;
      case 'used again':
        return `${number % 20}.sched`;
      case 'long':
        return `${'7'.repeat(random.below(2 * this.#shape.pageSize))}-${number}`;
      case 'any':
        return `${random.pick(EXTREME_TEXTS)}${number}`;
    }
  }

  #repeated(before: readonly ReadJob[]): ReadJob | undefined {
    const random = this.#random;
    const { repeats } = this.#shape;
    if (repeats === 'none' || before.length === 0 || !random.chance(REPEATED)) return undefined;
    const near = repeats === 'near' || (repeats === 'near and far' && random.chance(0.5));
    const back = near ? random.between(1, Math.min(3, before.length)) : before.length;
    return before[before.length - back + random.below(back)];
  }

  #numberOf(column: NumberColumn): number {
    const random = this.#random;
    const extreme = this.#shape.values === 'extreme' && random.chance(0.5);
    if (column === 'end') return this.#nextEnd();
    if (column.endsWith('_hours')) return this.#hours(extreme);
    if (column === 'avgcpu') return extreme ? random.pick(EXTREME_REALS) : random.unit() * 100;
    if (extreme) return random.pick(EXTREME_INTEGERS);
    if (column === 'submit') return FIRST_END - random.below(100_000);
    return random.below(2 ** random.between(0, 40));
  }

  /** The end of a job is an instant between 1970 and 2105. */
  #nextEnd(): number {
    const random = this.#random;
    const { ends, values } = this.#shape;
    if (ends === 'equal') return FIRST_END;
    if (ends === 'sorted') {
      this.#end += random.below(20_000);
      return this.#end;
    }
    const years = EXTREME_COUNTS.filter((value) => value < 2 ** 32);
    if (values === 'extreme' && random.chance(0.3)) return random.pick(years);
    return FIRST_END + random.below(10 * 86_400);
  }

  #hours(extreme: boolean): number {
    const random = this.#random;
    if (random.chance(0.3)) return 0;
    // Sums of the summary are exact below 2^43 hours.
    if (extreme) return random.pick([1, 127, 128, 2 ** 23, 2 ** 30, 1e-9, 1 / 3, 0.1]);
    return (random.below(100_000) * random.between(1, 128)) / 3600;
  }

  #shortText(): string {
    const random = this.#random;
    if (this.#shape.values === 'extreme') return random.pick(EXTREME_TEXTS);
    return 'job-name-of-some-length'.slice(0, random.between(1, 23));
  }

  #longText(): string {
    const random = this.#random;
    const { pageSize, texts } = this.#shape;
    const pages = texts === 'around a page' ? random.between(0, 2) : random.between(1, 6);
    const bytes = pages * pageSize + random.below(MOST_BYTES_BESIDES);
    return random.pick(['x', 'é', '🚀']).repeat(bytes).slice(0, Math.max(1, bytes));
  }
}
