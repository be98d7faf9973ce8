import { addToExactSum, exactSum, PARTS } from '../../exact-sum.ts';

/** CPU, GPU and memory hours, then the charges of the same. */
const SUMS = 6;
/** Of an owner: its jobs, how many of them changed, the sums before, the sums after. */
const JOBS = 0;
const CHANGED = 1;
const BEFORE = 2;
const AFTER = BEFORE + SUMS * PARTS;
const LENGTH = AFTER + SUMS * PARTS;
const FIRST_CAPACITY = 256;

/** Numbers for each owner, by its code; plain data that crosses threads. */
export type PackedOwnerSums = Float64Array<ArrayBuffer>;

/** CPU, GPU, memory hours; CPU, GPU, memory charges. */
export type Sums = readonly number[];

export interface OwnerSum {
  readonly jobs: number;
  readonly changed: number;
  readonly before: Sums;
  readonly after: Sums;
}

/** Adds up what each owner's jobs cost before and after, exactly, so that the order of the jobs is no matter. */
export class OwnerSums {
  #numbers: PackedOwnerSums = new Float64Array(FIRST_CAPACITY * LENGTH);
  #count = 0;

  addJob(owner: number, isChanged: boolean): void {
    const at = this.#start(owner);
    this.#numbers[at + JOBS]++;
    if (isChanged) this.#numbers[at + CHANGED]++;
  }

  addBefore(owner: number, cpu: number, gpu: number, memory: number, factor: number): void {
    addHours(this.#numbers, owner * LENGTH + BEFORE, cpu, gpu, memory, factor);
  }

  /** @param parts exact sums of some of the owner's jobs, as they are now. */
  addAfter(owner: number, parts: Float64Array): void {
    const at = this.#start(owner) + AFTER;
    for (let i = 0; i < parts.length; i++) this.#numbers[at + i] += parts[i];
  }

  /** @param ownerOf the code here of each owner there. */
  merge(sums: PackedOwnerSums, ownerOf: Int32Array): void {
    for (let owner = 0; owner * LENGTH < sums.length; owner++) {
      const at = this.#start(ownerOf[owner]);
      for (let i = 0; i < LENGTH; i++) this.#numbers[at + i] += sums[owner * LENGTH + i];
    }
  }

  packed(): PackedOwnerSums {
    return this.#numbers.slice(0, this.#count * LENGTH);
  }

  /** The sum over several owners. */
  sumOf(owners: Iterable<number>): OwnerSum {
    const all = new Float64Array(LENGTH);
    for (const owner of owners) {
      for (let i = 0; i < LENGTH; i++) all[i] += this.#numbers[owner * LENGTH + i];
    }
    return {
      jobs: all[JOBS],
      changed: all[CHANGED],
      before: sumsAt(all, BEFORE),
      after: sumsAt(all, AFTER),
    };
  }

  #start(owner: number): number {
    if (owner >= this.#count) this.#count = owner + 1;
    if (this.#count * LENGTH > this.#numbers.length) {
      const larger = new Float64Array(2 * this.#count * LENGTH);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    return owner * LENGTH;
  }
}

function addHours(
  numbers: PackedOwnerSums,
  at: number,
  cpu: number,
  gpu: number,
  memory: number,
  factor: number,
): void {
  add(numbers, at, cpu);
  add(numbers, at + PARTS, gpu);
  add(numbers, at + 2 * PARTS, memory);
  add(numbers, at + 3 * PARTS, cpu * factor);
  add(numbers, at + 4 * PARTS, gpu * factor);
  add(numbers, at + 5 * PARTS, memory * factor);
}

function add(numbers: PackedOwnerSums, at: number, hours: number): void {
  if (hours !== 0) addToExactSum(numbers, at, hours);
}

function sumsAt(numbers: PackedOwnerSums, at: number): Sums {
  return Array.from({ length: SUMS }, (_, i) => exactSum(numbers, at + i * PARTS));
}
