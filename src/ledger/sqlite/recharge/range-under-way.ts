import type { JobCharge } from '../../../charging/charged-job.ts';
import { JobOwners } from '../bulk/job-owners.ts';
import { partsOfCells, SummaryCells } from '../bulk/summary-cells.ts';
import { CHARGE_VALUES, ChangedRows } from './changed-rows.ts';
import type { ChargedRange, RangeTask } from './charged-range.ts';
import { OwnerSums } from './owner-sums.ts';
import { AT, type RowValue } from './stored-job.ts';

const INCOMPLETE = CHARGE_VALUES.indexOf('incomplete');

/** The jobs of a range while they are charged one by one: what differs, and what they add up to. */
export class RangeUnderWay {
  readonly #task: RangeTask;
  readonly #factors: readonly number[];
  readonly #owners = new JobOwners();
  readonly #cells = new SummaryCells();
  readonly #sums = new OwnerSums();
  readonly #rows: ChangedRows;
  readonly #days = new Set<number>();
  #jobs = 0;
  #changed = 0;

  /** @param factors by the QoS codes of the rules. */
  constructor(task: RangeTask, factors: readonly number[]) {
    this.#task = task;
    this.#factors = factors;
    this.#rows = new ChangedRows(task.lastId - task.firstId + 1);
  }

  add(row: readonly RowValue[], endDay: number, charge: JobCharge): void {
    const { cpuHours, gpuHours, memoryHours, incomplete, qosCode } = charge;
    const factor = this.#factors[qosCode];
    const qosId = this.#task.qosIds[qosCode];
    const rows = this.#rows;
    let isOtherSum = false;
    if (row[AT.cpuHours] !== cpuHours) isOtherSum = rows.markDiffering(0);
    if (row[AT.gpuHours] !== gpuHours) isOtherSum = rows.markDiffering(1);
    if (row[AT.memoryHours] !== memoryHours) isOtherSum = rows.markDiffering(2);
    if (row[AT.factor] !== factor) isOtherSum = rows.markDiffering(3);
    const isMarkedAnew = row[AT.incomplete] !== incomplete && rows.markDiffering(INCOMPLETE);
    const hasOtherQos = row[AT.qos] !== qosId;
    const isOther = isOtherSum || isMarkedAnew;
    if (isOtherSum) this.#days.add(endDay);
    if (isOther || row[AT.version] !== this.#task.chargeVersion) {
      rows.add(Number(row[AT.id]), cpuHours, gpuHours, memoryHours, factor, incomplete);
    }
    if (hasOtherQos) rows.addQos(Number(row[AT.id]), qosId);
    this.#sum(row, endDay, isOther || hasOtherQos, cpuHours, gpuHours, memoryHours, factor);
  }

  addAsStored(row: readonly RowValue[], endDay: number): void {
    const [cpu, gpu] = [Number(row[AT.cpuHours]), Number(row[AT.gpuHours])];
    this.#days.add(endDay);
    this.#sum(row, endDay, false, cpu, gpu, Number(row[AT.memoryHours]), Number(row[AT.factor]));
  }

  charged(): ChargedRange {
    const cells = this.#cells.packed();
    for (const { owner, parts } of partsOfCells(cells)) this.#sums.addAfter(owner, parts);
    return {
      jobs: this.#jobs,
      changed: this.#changed,
      changes: this.#rows.changes(),
      days: Int32Array.from(this.#days),
      ownerIds: this.#owners.ids(),
      sums: this.#sums.packed(),
      cells,
    };
  }

  #sum(
    row: readonly RowValue[],
    endDay: number,
    isChanged: boolean,
    cpuHours: number,
    gpuHours: number,
    memoryHours: number,
    factor: number,
  ): void {
    const owner = this.#owners.code(
      Number(row[AT.user]),
      Number(row[AT.account]),
      Number(row[AT.queue]),
    );
    this.#jobs++;
    if (isChanged) this.#changed++;
    this.#cells.addJob(endDay, owner, cpuHours, gpuHours, memoryHours, factor);
    this.#sums.addJob(owner, isChanged);
    this.#sums.addBefore(
      owner,
      Number(row[AT.cpuHours]),
      Number(row[AT.gpuHours]),
      Number(row[AT.memoryHours]),
      Number(row[AT.factor]),
    );
  }
}
