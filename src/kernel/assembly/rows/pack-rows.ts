import { ALL_PACKED, PAGES_FULL, ROW_TOO_LONG } from '../packing-steps';
import { writeChargeRow } from './job-charge-rows';
import { writeJobRow } from './job-rows';
import { arePagesFull, beginTable, endRow, endTable } from './leaf-pages';

/** How many bytes the size of most rows takes. */
const JOB_SIZE_BYTES: usize = 2;
const CHARGE_SIZE_BYTES: usize = 1;

/** Whether rows of `job_charges` are packed, not of `jobs`. */
let ofCharges: bool = false;
/** The places in the batch of the jobs that are left. */
let nextPlace: usize = 0;
let placesEnd: usize = 0;
let nextRowId: u64 = 0;

/** @param places of the jobs in the batch, 32 bits each. */
export function beginJobRows(places: usize, count: i32, firstRowId: f64): void {
  begin(false, places, count, firstRowId);
  beginTable(JOB_SIZE_BYTES);
}

export function beginChargeRows(places: usize, count: i32, firstRowId: f64): void {
  begin(true, places, count, firstRowId);
  beginTable(CHARGE_SIZE_BYTES);
}

/** Packs rows. @returns why it stops; unless all are packed, it goes on when it is called again. */
export function packRows(): i32 {
  while (!arePagesFull()) {
    if (nextPlace === placesEnd) {
      endTable();
      return ALL_PACKED;
    }
    const place = <usize>load<u32>(nextPlace);
    nextPlace += 4;
    const rowId = nextRowId++;
    const end = ofCharges ? writeChargeRow(place, rowId) : writeJobRow(place, rowId);
    if (!endRow(end)) return ROW_TOO_LONG;
  }
  return PAGES_FULL;
}

function begin(charges: bool, places: usize, count: i32, firstRowId: f64): void {
  ofCharges = charges;
  nextPlace = places;
  placesEnd = places + ((<usize>count) << 2);
  nextRowId = <u64>firstRowId;
}
