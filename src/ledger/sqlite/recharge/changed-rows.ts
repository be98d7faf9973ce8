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
  /** Jobs whose QoS is another now, and its id. */
  readonly qosJobs: Float64Array<ArrayBuffer>;
  readonly qosIds: Float64Array<ArrayBuffer>;
}

/** Collects the rows that differ from what is stored. */
export class ChangedRows {
  readonly #ids: Float64Array<ArrayBuffer>;
  readonly #values: readonly Float64Array<ArrayBuffer>[];
  readonly #differs: boolean[] = CHARGE_VALUES.map(() => false);
  readonly #qosJobs: number[] = [];
  readonly #qosIds: number[] = [];
  #count = 0;

  constructor(capacity: number) {
    this.#ids = new Float64Array(capacity);
    this.#values = CHARGE_VALUES.map(() => new Float64Array(capacity));
  }

  add(
    id: number,
    cpuHours: number,
    gpuHours: number,
    memoryHours: number,
    factor: number,
    incomplete: number,
  ): void {
    const at = this.#count++;
    const [cpu, gpu, memory, factors, flags] = this.#values;
    this.#ids[at] = id;
    cpu[at] = cpuHours;
    gpu[at] = gpuHours;
    memory[at] = memoryHours;
    factors[at] = factor;
    flags[at] = incomplete;
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
    const values: Partial<Record<ChargeValue, Float64Array<ArrayBuffer>>> = {};
    for (const [i, column] of CHARGE_VALUES.entries()) {
      if (this.#differs[i]) values[column] = this.#values[i].slice(0, this.#count);
    }
    return {
      ids: this.#ids.slice(0, this.#count),
      values,
      qosJobs: Float64Array.from(this.#qosJobs),
      qosIds: Float64Array.from(this.#qosIds),
    };
  }
}
