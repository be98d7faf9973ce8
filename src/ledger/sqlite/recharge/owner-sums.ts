import { addToExactSum, exactSum, PARTS, subtractFromExactSum } from '../../exact-sum.ts';

/** CPU, GPU and memory hours, then the charges of the same. */
const HOURS = 3;
const SUMS = 2 * HOURS;
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

  /**
   * Adds what some of the owner's jobs add up to, as if it had always been so.
   * @param parts exact sums of them as they are now.
   */
  addHours(owner: number, parts: Float64Array): void {
    const at = this.#start(owner);
    for (let i = 0; i < parts.length; i++) {
      this.#numbers[at + BEFORE + i] += parts[i];
      this.#numbers[at + AFTER + i] += parts[i];
    }
  }

  /**
   * Tells of hours of a job that may have been others before.
   * @param place of the hours among the sums.
   * @param row of the job in the columns.
   */
  replace(
    owner: number,
    place: number,
    hoursBefore: Float64Array,
    factorsBefore: Float64Array,
    hours: Float64Array,
    factors: Float64Array,
    row: number,
  ): void {
    const [before, after] = [hoursBefore[row], hours[row]];
    const [chargeBefore, charge] = [before * factorsBefore[row], after * factors[row]];
    const at = owner * LENGTH + BEFORE + place * PARTS;
    if (before !== after) {
      addToExactSum(this.#numbers, at, before);
      subtractFromExactSum(this.#numbers, at, after);
    }
    if (chargeBefore !== charge) {
      addToExactSum(this.#numbers, at + HOURS * PARTS, chargeBefore);
      subtractFromExactSum(this.#numbers, at + HOURS * PARTS, charge);
    }
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

function sumsAt(numbers: PackedOwnerSums, at: number): Sums {
  return Array.from({ length: SUMS }, (_, i) => exactSum(numbers, at + i * PARTS));
}
