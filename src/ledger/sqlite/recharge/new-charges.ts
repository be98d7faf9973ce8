import type { JobCharge } from '../../../charging/charged-job.ts';

/** The end day of a row that is not asked for. */
export const NOT_SELECTED = -(2 ** 31);

/** What the rules say of the rows of a block; in columns, as an object for each job would cost more than its charge. */
export class NewCharges {
  /** Site-local, days since 1970-01-01, or NOT_SELECTED. */
  readonly endDays: Int32Array;
  readonly cpuHours: Float64Array;
  readonly gpuHours: Float64Array;
  readonly memoryHours: Float64Array;
  readonly incomplete: Uint8Array;
  readonly factors: Float64Array;
  readonly qosIds: Float64Array;

  constructor(capacity: number) {
    this.endDays = new Int32Array(capacity);
    this.cpuHours = new Float64Array(capacity);
    this.gpuHours = new Float64Array(capacity);
    this.memoryHours = new Float64Array(capacity);
    this.incomplete = new Uint8Array(capacity);
    this.factors = new Float64Array(capacity);
    this.qosIds = new Float64Array(capacity);
  }

  set(row: number, charge: JobCharge, factor: number, qosId: number): void {
    this.cpuHours[row] = charge.cpuHours;
    this.gpuHours[row] = charge.gpuHours;
    this.memoryHours[row] = charge.memoryHours;
    this.incomplete[row] = charge.incomplete;
    this.factors[row] = factor;
    this.qosIds[row] = qosId;
  }
}
