import { makeRoom } from '../memory-room';
import { addToExactSum, SUM_BYTES } from './exact-sum';

/** A cell as doubles: its day, its owner, its jobs, and the sums of hours, then those of charges. */
const OWNER: usize = 8;
const JOBS: usize = 16;
const HOURS: usize = 24;
const CHARGES: usize = HOURS + 3 * SUM_BYTES;
const CELL_BYTES: usize = CHARGES + 3 * SUM_BYTES;

/** By the place of a job: its hours, the day of its end, and its QoS, each of which has a factor. */
let cpuHours: usize = 0;
let gpuHours: usize = 0;
let memoryHours: usize = 0;
let endDays: usize = 0;
let qosCodes: usize = 0;
let qosFactors: usize = 0;

export function planCells(
  cpuHoursAt: usize,
  gpuHoursAt: usize,
  memoryHoursAt: usize,
  endDaysAt: usize,
  qosCodesAt: usize,
  qosFactorsAt: usize,
): void {
  cpuHours = cpuHoursAt;
  gpuHours = gpuHoursAt;
  memoryHours = memoryHoursAt;
  endDays = endDaysAt;
  qosCodes = qosCodesAt;
  qosFactors = qosFactorsAt;
}

/**
 * Adds up jobs by day and owner.
 * @param owners the code of each job's owner.
 * @param slots a hash table of words that are zero, at most half of which are needed; a power of two of them.
 * @param cells where they are written to, with nothing behind it: the memory grows if need be.
 * @returns how many bytes they are.
 */
export function writeCells(
  places: usize,
  count: i32,
  owners: usize,
  slots: usize,
  slotCount: u32,
  cells: usize,
): usize {
  const mask = slotCount - 1;
  let end = cells;
  for (let job = 0; job < count; job++) {
    const place = <usize>load<u32>(places + ((<usize>job) << 2));
    const day = load<i32>(endDays + (place << 2));
    const owner = load<i32>(owners + ((<usize>job) << 2));
    let slot = hashOf(day, owner) & mask;
    let cell: usize;
    while (true) {
      const at = slots + ((<usize>slot) << 2);
      const number = load<u32>(at);
      if (number === 0) {
        cell = end;
        end += CELL_BYTES;
        store<u32>(at, <u32>((end - cells) / CELL_BYTES));
        beginCell(cell, day, owner);
        break;
      }
      cell = cells + <usize>(number - 1) * CELL_BYTES;
      if (load<f64>(cell) === <f64>day && load<f64>(cell, OWNER) === <f64>owner) break;
      slot = (slot + 1) & mask;
    }
    store<f64>(cell, load<f64>(cell, JOBS) + 1, JOBS);
    const factor = load<f64>(qosFactors + ((<usize>load<u8>(qosCodes + place)) << 3));
    const eight = place << 3;
    add(cell, load<f64>(cpuHours + eight), factor);
    add(cell + SUM_BYTES, load<f64>(gpuHours + eight), factor);
    add(cell + 2 * SUM_BYTES, load<f64>(memoryHours + eight), factor);
  }
  return end - cells;
}

function beginCell(cell: usize, day: i32, owner: i32): void {
  makeRoom(cell + CELL_BYTES);
  memory.fill(cell, 0, CELL_BYTES);
  store<f64>(cell, <f64>day);
  store<f64>(cell, <f64>owner, OWNER);
}

/** Adds hours to their sum of a cell, and what they are charged to the sum of that. */
function add(cell: usize, hours: f64, factor: f64): void {
  // Most jobs use no GPU.
  if (hours === 0) return;
  addToExactSum(cell + HOURS, hours);
  addToExactSum(cell + CHARGES, hours * factor);
}

function hashOf(day: i32, owner: i32): u32 {
  // The high bits of a product depend on all that went into it.
  return ((<u32>day * 31 + <u32>owner) * 0x9e3779b1) >> 12;
}
