import { writeInteger, writeReal } from '../record-values';
import { beginRow } from './leaf-pages';

const COLUMNS: usize = 7;
const HEADER_BYTES: usize = 1 + COLUMNS;
const MOST_BYTES: usize = HEADER_BYTES + COLUMNS * 8;

/** Hours of jobs, for each a QoS and flags of a byte, and the factor of each QoS. */
let cpuHours: usize = 0;
let gpuHours: usize = 0;
let memoryHours: usize = 0;
let qosCodes: usize = 0;
let qosFactors: usize = 0;
let incomplete: usize = 0;
let chargeVersion: f64 = 0;

export function planChargeRows(
  cpuHoursAt: usize,
  gpuHoursAt: usize,
  memoryHoursAt: usize,
  qosCodesAt: usize,
  qosFactorsAt: usize,
  incompleteAt: usize,
  version: f64,
): void {
  cpuHours = cpuHoursAt;
  gpuHours = gpuHoursAt;
  memoryHours = memoryHoursAt;
  qosCodes = qosCodesAt;
  qosFactors = qosFactorsAt;
  incomplete = incompleteAt;
  chargeVersion = version;
}

/** Writes a row of `job_charges`. @returns where the record ends. */
export function writeChargeRow(place: usize, rowId: u64): usize {
  const eight = place << 3;
  const start = beginRow(rowId, MOST_BYTES);
  store<u8>(start, <u8>HEADER_BYTES);
  // The row id is the key of the b-tree; its column is stored as NULL.
  store<u8>(start, 0, 1);
  const factor = load<f64>(qosFactors + ((<usize>load<u8>(qosCodes + place)) << 3));
  let at = start + HEADER_BYTES;
  at = writeReal(start + 2, at, load<f64>(cpuHours + eight));
  at = writeReal(start + 3, at, load<f64>(gpuHours + eight));
  at = writeReal(start + 4, at, load<f64>(memoryHours + eight));
  at = writeReal(start + 5, at, factor);
  at = writeInteger(start + 6, at, chargeVersion);
  return writeInteger(start + 7, at, <f64>load<u8>(incomplete + place));
}
