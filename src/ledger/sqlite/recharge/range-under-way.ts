import { JobOwners } from '../bulk/job-owners.ts';
import { partsOfCells, SummaryCells } from '../bulk/summary-cells.ts';
import { CHARGE_VALUES, ChangedRows } from './changed-rows.ts';
import { type ChangedSegment, changedSegment } from './changed-segment.ts';
import type { ChargedRange, RangeTask } from './charged-range.ts';
import type { IdSpan } from './job-selection.ts';
import { type NewCharges, NOT_SELECTED } from './new-charges.ts';
import { OwnerSums } from './owner-sums.ts';
import type { RangeRows } from './range-rows.ts';

const INCOMPLETE = CHARGE_VALUES.indexOf('incomplete');

/** The jobs of a range while they are charged one by one: what differs, and what they add up to. */
export class RangeUnderWay {
  readonly #task: RangeTask;
  readonly #owners = new JobOwners();
  readonly #cells = new SummaryCells();
  readonly #sums = new OwnerSums();
  readonly #rows: ChangedRows;
  readonly #segments: ChangedSegment[] = [];
  readonly #days = new Set<number>();
  #lastDay = Number.NaN;
  #count = 0;
  #changed = 0;

  constructor(task: RangeTask) {
    this.#task = task;
    this.#rows = new ChangedRows(task.lastId - task.firstId + 1);
  }

  /** @param ids of one segment, of which these are all rows. */
  addRows(read: RangeRows, now: NewCharges, ids: IdSpan): void {
    const { rows, jobs, charges } = read;
    const { chargeVersion } = this.#task;
    const segment = changedSegment(read, now, ids);
    if (segment !== undefined) this.#segments.push(segment);
    const [users, accounts, queues, , qos] = jobs.columns;
    const [cpuBefore, gpuBefore, memoryBefore, factorsBefore, flags, versions] = charges.columns;
    const changed = this.#rows;
    // `| 0` makes whole numbers of ids, which maps find without allocating them.
    for (let row = 0; row < rows; row++) {
      const endDay = now.endDays[row];
      if (endDay === NOT_SELECTED) continue;
      const factor = now.factors[row];
      const qosId = now.qosIds[row];
      let isOtherSum = factorsBefore[row] !== factor && changed.markDiffering(3);
      if (cpuBefore[row] !== now.cpuHours[row]) isOtherSum = changed.markDiffering(0);
      if (gpuBefore[row] !== now.gpuHours[row]) isOtherSum = changed.markDiffering(1);
      if (memoryBefore[row] !== now.memoryHours[row]) isOtherSum = changed.markDiffering(2);
      const isOther =
        (flags[row] !== now.incomplete[row] && changed.markDiffering(INCOMPLETE)) || isOtherSum;
      const hasOtherQos = qos[row] !== qosId;
      if (isOther || versions[row] !== chargeVersion) {
        changed.add(jobs.ids[row], now, row, factorsBefore[row]);
      }
      if (hasOtherQos) changed.addQos(jobs.ids[row], qosId);
      const owner = this.#owners.code(users[row] | 0, accounts[row] | 0, queues[row] | 0);
      this.#addJob(owner, isOther || hasOtherQos);
      this.#cells.addJob(
        endDay,
        owner,
        now.cpuHours[row],
        now.gpuHours[row],
        now.memoryHours[row],
        factor,
      );
      if (!isOtherSum) continue;
      this.#addDay(endDay);
      this.#sums.replace(owner, 0, cpuBefore, factorsBefore, now.cpuHours, now.factors, row);
      this.#sums.replace(owner, 1, gpuBefore, factorsBefore, now.gpuHours, now.factors, row);
      this.#sums.replace(owner, 2, memoryBefore, factorsBefore, now.memoryHours, now.factors, row);
    }
  }

  /** @param endDays of the rows, or NOT_SELECTED. */
  addRowsAsStored({ rows, jobs, charges }: RangeRows, endDays: Int32Array): void {
    const [users, accounts, queues] = jobs.columns;
    const [cpu, gpu, memory, factors] = charges.columns;
    for (let row = 0; row < rows; row++) {
      const endDay = endDays[row];
      if (endDay === NOT_SELECTED) continue;
      const owner = this.#owners.code(users[row] | 0, accounts[row] | 0, queues[row] | 0);
      this.#addJob(owner, false);
      this.#addDay(endDay);
      this.#cells.addJob(endDay, owner, cpu[row], gpu[row], memory[row], factors[row]);
    }
  }

  charged(): ChargedRange {
    const cells = this.#cells.packed();
    for (const { owner, parts } of partsOfCells(cells)) this.#sums.addHours(owner, parts);
    return {
      jobs: this.#count,
      changed: this.#changed,
      changes: this.#rows.changes(),
      segments: this.#segments,
      days: Int32Array.from(this.#days),
      ownerIds: this.#owners.ids(),
      sums: this.#sums.packed(),
      cells,
    };
  }

  #addJob(owner: number, isChanged: boolean): void {
    this.#count++;
    if (isChanged) this.#changed++;
    this.#sums.addJob(owner, isChanged);
  }

  /** History comes almost in the order of its end, and the same day once more costs nothing. */
  #addDay(day: number): void {
    if (day === this.#lastDay) return;
    this.#lastDay = day;
    this.#days.add(day);
  }
}
