import { addToExactSum, exactSum, PARTS } from '../../exact-sum.ts';

/** CPU, GPU and memory hours, then the charges of the same. */
const SUMS = 6;
const PARTS_PER_CELL = SUMS * PARTS;

/** Cells of the daily summary as columns; plain data that crosses threads. */
export interface CellColumns {
  readonly count: number;
  /** Site-local days since 1970-01-01. */
  readonly days: Int32Array<ArrayBuffer>;
  readonly owners: Int32Array<ArrayBuffer>;
  readonly jobs: Float64Array<ArrayBuffer>;
  /** PARTS_PER_CELL for each cell. */
  readonly sums: Float64Array<ArrayBuffer>;
}

/** One row of the daily summary, its owner still a code. */
export interface SummaryCell {
  readonly day: number;
  readonly owner: number;
  readonly jobs: number;
  /** CPU, GPU, memory hours; CPU, GPU, memory charges. */
  readonly sums: readonly number[];
}

/** Adds up jobs by site-local day and owner. */
export class SummaryCells {
  readonly #cellOf = new Map<number, Map<number, number>>();
  #count = 0;
  #days = new Int32Array(256);
  #owners = new Int32Array(256);
  #jobs = new Float64Array(256);
  #sums = new Float64Array(256 * PARTS_PER_CELL);

  addJob(
    day: number,
    owner: number,
    cpuHours: number,
    gpuHours: number,
    memoryHours: number,
    qosFactor: number,
  ): void {
    const cell = this.#cell(day, owner);
    this.#jobs[cell]++;
    const at = cell * PARTS_PER_CELL;
    this.#add(at, cpuHours);
    this.#add(at + PARTS, gpuHours);
    this.#add(at + 2 * PARTS, memoryHours);
    this.#add(at + 3 * PARTS, cpuHours * qosFactor);
    this.#add(at + 4 * PARTS, gpuHours * qosFactor);
    this.#add(at + 5 * PARTS, memoryHours * qosFactor);
  }

  /** @param ownerOf the code here of each owner there. */
  merge(cells: CellColumns, ownerOf: Int32Array): void {
    for (let i = 0; i < cells.count; i++) {
      const cell = this.#cell(cells.days[i], ownerOf[cells.owners[i]]);
      this.#jobs[cell] += cells.jobs[i];
      for (let part = 0; part < PARTS_PER_CELL; part++) {
        this.#sums[cell * PARTS_PER_CELL + part] += cells.sums[i * PARTS_PER_CELL + part];
      }
    }
  }

  columns(): CellColumns {
    const count = this.#count;
    return {
      count,
      days: this.#days.slice(0, count),
      owners: this.#owners.slice(0, count),
      jobs: this.#jobs.slice(0, count),
      sums: this.#sums.slice(0, count * PARTS_PER_CELL),
    };
  }

  *[Symbol.iterator](): Generator<SummaryCell> {
    for (let cell = 0; cell < this.#count; cell++) {
      const sums = [];
      for (let sum = 0; sum < SUMS; sum++) {
        sums.push(exactSum(this.#sums, cell * PARTS_PER_CELL + sum * PARTS));
      }
      yield { day: this.#days[cell], owner: this.#owners[cell], jobs: this.#jobs[cell], sums };
    }
  }

  #add(at: number, hours: number): void {
    // Most jobs use no GPU.
    if (hours !== 0) addToExactSum(this.#sums, at, hours);
  }

  #cell(day: number, owner: number): number {
    let owners = this.#cellOf.get(day);
    if (owners === undefined) {
      owners = new Map();
      this.#cellOf.set(day, owners);
    }
    const known = owners.get(owner);
    if (known !== undefined) return known;
    const cell = this.#count++;
    owners.set(owner, cell);
    if (cell === this.#days.length) this.#grow();
    this.#days[cell] = day;
    this.#owners[cell] = owner;
    return cell;
  }

  #grow(): void {
    const capacity = 2 * this.#days.length;
    const days = new Int32Array(capacity);
    days.set(this.#days);
    this.#days = days;
    const owners = new Int32Array(capacity);
    owners.set(this.#owners);
    this.#owners = owners;
    const jobs = new Float64Array(capacity);
    jobs.set(this.#jobs);
    this.#jobs = jobs;
    const sums = new Float64Array(capacity * PARTS_PER_CELL);
    sums.set(this.#sums);
    this.#sums = sums;
  }
}
