import { FactorPairs } from './factor-pairs.ts';
import type { NewCharges } from './new-charges.ts';

/** The columns of `job_charges` that rules decide, in the order of a charge's values. */
export const CHARGE_VALUES = [
  'cpu_hours',
  'gpu_hours',
  'memory_hours',
  'qos_factor',
  'incomplete',
] as const;
export type ChargeValue = (typeof CHARGE_VALUES)[number];

/** What a writer is to do for the jobs of a range; plain data that crosses threads. */
export interface RowChanges {
  /** Row ids of the charges that are to be written, ascending; of some only the version is another. */
  readonly ids: Float64Array<ArrayBuffer>;
  /** The value for each of the ids, of the columns in which any of them differs. */
  readonly values: Partial<Record<ChargeValue, Float64Array<ArrayBuffer>>>;
  /**
   * Factors before and now, in pairs, of those that are others, where each factor before stands for one now: to
   * look at the row costs less than to ask for its value, and `values` has none then.
   */
  readonly factors: Float64Array<ArrayBuffer>;
  /** Jobs whose QoS is another now, and its id. */
  readonly qosJobs: Float64Array<ArrayBuffer>;
  readonly qosIds: Float64Array<ArrayBuffer>;
}

/** Collects the rows that differ from what is stored. */
export class ChangedRows {
  readonly #ids: Float64Array<ArrayBuffer>;
  readonly #cpuHours: Float64Array<ArrayBuffer>;
  readonly #gpuHours: Float64Array<ArrayBuffer>;
  readonly #memoryHours: Float64Array<ArrayBuffer>;
  readonly #factors: Float64Array<ArrayBuffer>;
  readonly #incomplete: Float64Array<ArrayBuffer>;
  readonly #differs: boolean[] = CHARGE_VALUES.map(() => false);
  readonly #qosJobs: number[] = [];
  readonly #qosIds: number[] = [];
  readonly #pairs = new FactorPairs();
  #count = 0;

  constructor(capacity: number) {
    this.#ids = new Float64Array(capacity);
    this.#cpuHours = new Float64Array(capacity);
    this.#gpuHours = new Float64Array(capacity);
    this.#memoryHours = new Float64Array(capacity);
    this.#factors = new Float64Array(capacity);
    this.#incomplete = new Float64Array(capacity);
  }

  /** @param row of the job in the new charges. */
  add(id: number, now: NewCharges, row: number, factorBefore: number): void {
    const at = this.#count++;
    this.#pairs.add(factorBefore, now.factors[row]);
    this.#ids[at] = id;
    this.#cpuHours[at] = now.cpuHours[row];
    this.#gpuHours[at] = now.gpuHours[row];
    this.#memoryHours[at] = now.memoryHours[row];
    this.#factors[at] = now.factors[row];
    this.#incomplete[at] = now.incomplete[row];
  }

  /** @param column its place in CHARGE_VALUES. */
  markDiffering(column: number): true {
    this.#differs[column] = true;
    return true;
  }

  addQos(jobId: number, qosId: number): void {
    this.#qosJobs.push(jobId);
    this.#qosIds.push(qosId);
  }

  changes(): RowChanges {
    const all = {
      cpu_hours: this.#cpuHours,
      gpu_hours: this.#gpuHours,
      memory_hours: this.#memoryHours,
      qos_factor: this.#factors,
      incomplete: this.#incomplete,
    };
    const values: Partial<Record<ChargeValue, Float64Array<ArrayBuffer>>> = {};
    for (const [i, column] of CHARGE_VALUES.entries()) {
      if (column === 'qos_factor' && this.#pairs.areUnique) continue;
      if (this.#differs[i]) values[column] = all[column].slice(0, this.#count);
    }
    return {
      ids: this.#ids.slice(0, this.#count),
      values,
      factors: this.#pairs.differing(),
      qosJobs: Float64Array.from(this.#qosJobs),
      qosIds: Float64Array.from(this.#qosIds),
    };
  }
}
