import type { ChargedJob, JobCharge } from '../../charging/charged-job.ts';
import type { Charging, QueueCharge } from '../../charging/compile-charging.ts';
import { NO_ACCOUNT } from '../../job/no-account.ts';
import type { ZoneClock } from '../../site/zone-clock.ts';
import { JOB_COLUMNS } from './job-columns.ts';
import type { Value } from './job-rows.ts';

/** What an update needs besides the record: the rules that jobs are completed and charged by. */
export interface UpdateRules {
  readonly charging: Charging;
  /** By the codes of the charging. */
  readonly qosIds: readonly number[];
  readonly hardware: HardwareDefaults;
  /** Of the site. */
  readonly clock: ZoneClock;
}

/** The hardware of a job whose record names none: the GPU type of its queue, else the CPU type. */
export interface HardwareDefaults {
  readonly cpuType: string | null;
  gpuTypeOfQueue(queue: string): string | null;
}

/** Names by their ids. */
export interface JobNames {
  user(id: Value): string;
  account(id: Value): string;
  queue(id: Value): string;
}

/** A known job with the values of a newer record, and the charge of them together. */
export interface Merge {
  readonly merged: readonly Value[];
  readonly charge: JobCharge;
}

/** What a job is known by, and where it came from first: an update leaves these. */
const KEPT = new Set(['id', 'job_id', 'submit', 'run_id', 'file_id', 'line']);
/** Columns whose values an update takes. */
export const TAKEN = JOB_COLUMNS.map(({ name }, at) => ({ name, at })).filter(
  ({ name }) => !KEPT.has(name),
);
const PLACE = new Map(JOB_COLUMNS.map(({ name }, at) => [name, at]));

/**
 * Joins a known job with a newer record of it. What the newer record does not know stays, so that a poor export
 * does not wipe out what a rich one has told. Nor does what only stands in for a value that no record names:
 * the account `none`, and the hardware of the queue or machine.
 */
export class JobMerge {
  readonly #rules: UpdateRules;
  readonly #names: JobNames;
  readonly #charges = new Map<string, QueueCharge>();

  constructor(rules: UpdateRules, names: JobNames) {
    this.#rules = rules;
    this.#names = names;
  }

  /**
   * @param known the values of a job, and of the newer record, in the order of JOB_COLUMNS.
   * @returns null where nothing differs from what is known.
   */
  merge(known: readonly Value[], record: readonly Value[]): Merge | null {
    const merged = known.map((old, at) => takes(record[at], at) ?? old);
    this.#keepAccount(merged, known);
    const queue = this.#names.queue(fieldOf(merged, 'queue_id'));
    this.#mergeHardware(merged, known, record, queue);
    const charge = this.#chargeOf(queue).of(this.#chargedJob(merged));
    merged[placeOf('qos_id')] = this.#rules.qosIds[charge.qosCode];
    return TAKEN.every(({ at }) => merged[at] === known[at]) ? null : { merged, charge };
  }

  #chargeOf(queue: string): QueueCharge {
    const known = this.#charges.get(queue);
    if (known !== undefined) return known;
    const charge = this.#rules.charging.forQueue(queue);
    this.#charges.set(queue, charge);
    return charge;
  }

  /** Names and the day are looked up only where the rules ask for them. */
  #chargedJob(job: readonly Value[]): ChargedJob {
    const names = this.#names;
    const { clock } = this.#rules;
    return {
      get user() {
        return names.user(fieldOf(job, 'user_id'));
      },
      get account() {
        return names.account(fieldOf(job, 'account_id'));
      },
      get endDay() {
        return clock.localDay(numberOf(job, 'end'));
      },
      cpuType: textOf(job, 'cputype'),
      gpuType: textOf(job, 'gputype'),
      priority: textOf(job, 'priority'),
      elapsedSeconds: numberOf(job, 'elapsed'),
      numcpus: numberOf(job, 'numcpus'),
      numgpus: numberOf(job, 'numgpus'),
      numnodes: numberOf(job, 'numnodes'),
      cputimeSeconds: numberOf(job, 'cputime'),
      memoryBytes: numberOf(job, 'memory'),
      reqmemBytes: numberOf(job, 'reqmem'),
    };
  }

  #keepAccount(merged: Value[], known: readonly Value[]): void {
    const at = placeOf('account_id');
    if (merged[at] === known[at]) return;
    if (this.#names.account(merged[at]) === NO_ACCOUNT) merged[at] = known[at];
  }

  /** A stand-in gives way to what a record names, as a whole: a job of GPUs has no CPU type by default. */
  #mergeHardware(
    merged: Value[],
    known: readonly Value[],
    record: readonly Value[],
    queue: string,
  ): void {
    const { cpuType, gpuTypeOfQueue } = this.#rules.hardware;
    const gpuType = gpuTypeOfQueue(queue);
    const standIn = [gpuType === null ? cpuType : null, gpuType];
    const places = HARDWARE.map(placeOf);
    const isStandIn = (job: readonly Value[]): boolean =>
      places.every((at, i) => job[at] === standIn[i]);
    const isEmpty = places.every((at) => known[at] === null);
    if (isStandIn(record) && !isEmpty) for (const at of places) merged[at] = known[at];
    else if (isStandIn(known) && places.some((at) => record[at] !== null)) {
      for (const at of places) merged[at] = record[at];
    }
  }
}

const HARDWARE = ['cputype', 'gputype'];

/** @returns the value that an update brings, or null where it brings none. NaN is bound as NULL. */
function takes(value: Value, at: number): Value {
  return KEPT.has(JOB_COLUMNS[at].name) || Number.isNaN(value) ? null : value;
}

export function placeOf(name: string): number {
  const at = PLACE.get(name);
  if (at === undefined) throw new Error(`jobs has no column ${name}`);
  return at;
}

export function fieldOf(row: readonly Value[], name: string): Value {
  return row[placeOf(name)];
}

/** NaN where there is none. */
export function numberOf(row: readonly Value[], name: string): number {
  const value = fieldOf(row, name);
  return typeof value === 'number' ? value : Number.NaN;
}

function textOf(row: readonly Value[], name: string): string | null {
  const value = fieldOf(row, name);
  return typeof value === 'string' ? value : null;
}
