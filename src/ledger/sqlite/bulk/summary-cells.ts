import { addToExactSum, exactSum, PARTS } from '../../exact-sum.ts';

/** CPU, GPU and memory hours, then the charges of the same. */
const SUMS = 6;
/** A cell as numbers: its day, its owner, its jobs, and the parts of its sums. */
const DAY = 0;
const OWNER = 1;
const JOBS = 2;
const FIRST_SUM = 3;
const CELL_LENGTH = FIRST_SUM + SUMS * PARTS;

/** Cells are kept in blocks of this many, so that a growing summary is never copied. */
const BLOCK_BITS = 11;
const BLOCK_CELLS = 1 << BLOCK_BITS;

/** Cells of the daily summary, CELL_LENGTH numbers for each; plain data that crosses threads. */
export type PackedCells = Float64Array<ArrayBuffer>;

/** One row of the daily summary, its owner still a code. */
export interface SummaryCell {
  /** Site-local, days since 1970-01-01. */
  readonly day: number;
  readonly owner: number;
  readonly jobs: number;
  /** CPU, GPU, memory hours; CPU, GPU, memory charges. */
  readonly sums: readonly number[];
}

/**
 * Adds up jobs by site-local day and owner. Days can be taken out in their order when history has moved on,
 * so that memory does not grow with the days; a day whose turn is over is late and must be summarised otherwise.
 */
export class SummaryCells {
  /** Days that got jobs when they, or days after them, had been taken out. */
  readonly lateDays = new Set<number>();
  #lastTaken = Number.NEGATIVE_INFINITY;
  /** By day, then by owner. */
  readonly #cellOf = new Map<number, Map<number, number>>();
  /** The day that a cell was asked of last, and its cells: jobs come almost in the order of days. */
  #recentDay = Number.NaN;
  #recentCells = new Map<number, number>();
  readonly #blocks: PackedCells[] = [];
  /** Cells of days that were taken out, to be used again. */
  readonly #free: number[] = [];
  #count = 0;
  #newestDay = Number.NEGATIVE_INFINITY;

  addJob(
    day: number,
    owner: number,
    cpuHours: number,
    gpuHours: number,
    memoryHours: number,
    qosFactor: number,
  ): void {
    const cell = this.#cell(day, owner);
    const block = this.#blockOf(cell);
    const at = startOf(cell);
    const sums = at + FIRST_SUM;
    block[at + JOBS]++;
    add(block, sums, cpuHours, qosFactor);
    add(block, sums + PARTS, gpuHours, qosFactor);
    add(block, sums + 2 * PARTS, memoryHours, qosFactor);
  }

  /** @param ownerOf the code here of each owner there. */
  merge(cells: PackedCells, ownerOf: Int32Array): void {
    for (let from = 0; from < cells.length; from += CELL_LENGTH) {
      if (cells[from + DAY] <= this.#lastTaken) {
        this.lateDays.add(cells[from + DAY]);
        continue;
      }
      const cell = this.#cell(cells[from + DAY], ownerOf[cells[from + OWNER]]);
      const block = this.#blockOf(cell);
      const at = startOf(cell);
      for (let i = JOBS; i < CELL_LENGTH; i++) block[at + i] += cells[from + i];
    }
  }

  packed(): PackedCells {
    const cells = new Float64Array(this.#count * CELL_LENGTH);
    for (const [i, block] of this.#blocks.entries()) {
      const at = i * BLOCK_CELLS * CELL_LENGTH;
      cells.set(block.subarray(0, cells.length - at), at);
    }
    return cells;
  }

  /** Takes out the cells of all days before this one, by day and then by the rank of their owners. */
  *takeBefore(day: number, ownerRanks: Int32Array): Generator<SummaryCell> {
    const days = [...this.#cellOf.keys()].filter((other) => other < day).sort((a, b) => a - b);
    for (const day of days) {
      const cells = [...(this.#cellOf.get(day)?.values() ?? [])];
      cells.sort((a, b) => ownerRanks[this.#ownerOf(a)] - ownerRanks[this.#ownerOf(b)]);
      for (const cell of cells) {
        yield this.#summed(cell);
        this.#free.push(cell);
      }
      this.#cellOf.delete(day);
      if (day === this.#recentDay) this.#recentDay = Number.NaN;
      this.#lastTaken = day;
    }
  }

  hasDayBefore(day: number): boolean {
    for (const other of this.#cellOf.keys()) if (other < day) return true;
    return false;
  }

  /** The last day that has a job. */
  get newestDay(): number {
    return this.#newestDay;
  }

  #cell(day: number, owner: number): number {
    if (day !== this.#recentDay) this.#turnTo(day);
    const owners = this.#recentCells;
    const known = owners.get(owner);
    if (known !== undefined) return known;
    const cell = this.#free.pop() ?? this.#newCell();
    owners.set(owner, cell);
    const block = this.#blockOf(cell);
    const at = startOf(cell);
    block.fill(0, at, at + CELL_LENGTH);
    block[at + DAY] = day;
    block[at + OWNER] = owner;
    this.#newestDay = Math.max(this.#newestDay, day);
    return cell;
  }

  #turnTo(day: number): void {
    let cells = this.#cellOf.get(day);
    if (cells === undefined) {
      cells = new Map();
      this.#cellOf.set(day, cells);
    }
    this.#recentDay = day;
    this.#recentCells = cells;
  }

  #summed(cell: number): SummaryCell {
    const block = this.#blockOf(cell);
    const at = startOf(cell);
    const first = at + FIRST_SUM;
    return {
      day: block[at + DAY],
      owner: block[at + OWNER],
      jobs: block[at + JOBS],
      sums: [
        exactSum(block, first),
        exactSum(block, first + PARTS),
        exactSum(block, first + 2 * PARTS),
        exactSum(block, first + 3 * PARTS),
        exactSum(block, first + 4 * PARTS),
        exactSum(block, first + 5 * PARTS),
      ],
    };
  }

  #ownerOf(cell: number): number {
    return this.#blockOf(cell)[startOf(cell) + OWNER];
  }

  #newCell(): number {
    const cell = this.#count++;
    if (cell % BLOCK_CELLS === 0) this.#blocks.push(new Float64Array(BLOCK_CELLS * CELL_LENGTH));
    return cell;
  }

  #blockOf(cell: number): PackedCells {
    return this.#blocks[cell >>> BLOCK_BITS];
  }
}

/** The owner of each cell, with the parts of its exact sums: hours, then charges, as in `SummaryCell.sums`. */
export function* partsOfCells(
  cells: PackedCells,
): Generator<{ readonly owner: number; readonly parts: Float64Array }> {
  for (let at = 0; at < cells.length; at += CELL_LENGTH) {
    yield { owner: cells[at + OWNER], parts: cells.subarray(at + FIRST_SUM, at + CELL_LENGTH) };
  }
}

function startOf(cell: number): number {
  return (cell & (BLOCK_CELLS - 1)) * CELL_LENGTH;
}

/** Adds hours to their sum, and what they are charged to the sum of that, which stands after those of all hours. */
function add(block: PackedCells, at: number, hours: number, qosFactor: number): void {
  // Most jobs use no GPU.
  if (hours === 0) return;
  addToExactSum(block, at, hours);
  addToExactSum(block, at + 3 * PARTS, hours * qosFactor);
}
