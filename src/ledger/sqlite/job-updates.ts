import type Database from 'better-sqlite3';
import { chargeJob } from '../../charging/charge-job.ts';
import type { Charging, QueueCharge } from '../../charging/compile-charging.ts';
import { CHARGE_COLUMNS } from './charge-rows.ts';
import { JOB_COLUMNS } from './job-columns.ts';
import type { Value } from './job-rows.ts';

/** What a job is known by, and where it came from first: an update leaves these. */
const KEPT = new Set(['id', 'job_id', 'submit', 'run_id', 'file_id', 'line']);
const TAKEN = JOB_COLUMNS.map(({ name }, at) => ({ name, at })).filter(
  ({ name }) => !KEPT.has(name),
);
const PLACE = new Map(JOB_COLUMNS.map(({ name }, at) => [name, at]));

/** What an update needs besides the record: the rules that jobs are charged by. */
export interface UpdateRules {
  readonly charging: Charging;
  readonly chargeVersion: number;
  /** By the codes of the charging. */
  readonly qosIds: readonly number[];
  readonly qosFactors: readonly number[];
}

/** The ends of a job before and after an update; both days have another summary. */
export interface UpdatedJob {
  readonly id: number;
  readonly endBefore: number;
  readonly endAfter: number;
}

/**
 * Lets known jobs take the values of a newer record. What the newer record does not know stays, so that a poor
 * export does not wipe out what a rich one has told; the charge is that of the values together.
 */
export class JobUpdates {
  readonly #rules: UpdateRules;
  readonly #find: Database.Statement<[Value, Value], Value[]>;
  readonly #update: Database.Statement<Value[]>;
  readonly #charge: Database.Statement<Value[]>;
  readonly #queueName: Database.Statement<[Value], string>;

  constructor(db: Database.Database, rules: UpdateRules) {
    this.#rules = rules;
    const columns = JOB_COLUMNS.map(({ name }) => `"${name}"`).join(', ');
    this.#find = db
      .prepare<[Value, Value], Value[]>(
        `SELECT ${columns} FROM jobs WHERE job_id = ? AND submit = ?`,
      )
      .raw();
    this.#update = db.prepare(
      `UPDATE jobs SET ${TAKEN.map(({ name }) => `"${name}" = ?`).join(', ')} WHERE id = ?`,
    );
    const [key, ...charged] = CHARGE_COLUMNS;
    this.#charge = db.prepare(
      `UPDATE job_charges SET ${charged.map((name) => `${name} = ?`).join(', ')} WHERE ${key} = ?`,
    );
    this.#queueName = db
      .prepare<[Value], string>('SELECT queue_name FROM queues WHERE id = ?')
      .pluck();
  }

  /**
   * @param record the values of the newer record, in the order of JOB_COLUMNS.
   * @returns whether anything differs from what is known.
   */
  wouldUpdate(record: readonly Value[]): boolean {
    return this.#merge(record) !== null;
  }

  /**
   * @param record the values of the newer record, in the order of JOB_COLUMNS.
   * @returns null where nothing differs from what is known.
   */
  update(record: readonly Value[]): UpdatedJob | null {
    const merge = this.#merge(record);
    if (merge === null) return null;
    const { known, merged, charge, qosCode } = merge;
    const id = numberOf(known, 'id');
    this.#update.run(...TAKEN.map(({ at }) => merged[at]), id);
    const { cpuHours, gpuHours, memoryHours, incomplete } = chargeJob(charge, {
      elapsedSeconds: numberOf(merged, 'elapsed'),
      numcpus: numberOf(merged, 'numcpus'),
      numgpus: numberOf(merged, 'numgpus'),
      numnodes: numberOf(merged, 'numnodes'),
      memoryBytes: numberOf(merged, 'memory'),
      reqmemBytes: numberOf(merged, 'reqmem'),
    });
    const factor = this.#rules.qosFactors[qosCode];
    const version = this.#rules.chargeVersion;
    this.#charge.run(cpuHours, gpuHours, memoryHours, factor, version, incomplete, id);
    return { id, endBefore: numberOf(known, 'end'), endAfter: numberOf(merged, 'end') };
  }

  #merge(record: readonly Value[]): Merge | null {
    const known = this.#find.get(fieldOf(record, 'job_id'), fieldOf(record, 'submit'));
    if (known === undefined) return null;
    const merged = known.map((old, at) => takes(record[at], at) ?? old);
    const { charge, qosCode } = this.#rulesOf(merged);
    merged[placeOf('qos_id')] = this.#rules.qosIds[qosCode];
    if (TAKEN.every(({ at }) => merged[at] === known[at])) return null;
    return { known, merged, charge, qosCode };
  }

  #rulesOf(job: readonly Value[]): {
    charge: QueueCharge;
    qosCode: number;
  } {
    const charge = this.#rules.charging.forQueue(
      this.#queueName.get(fieldOf(job, 'queue_id')) ?? '',
    );
    const priority = fieldOf(job, 'priority');
    return { charge, qosCode: charge.qosCode(typeof priority === 'string' ? priority : null) };
  }
}

/** A known job with the values of a newer record, and the rules that it is then charged by. */
interface Merge {
  readonly known: readonly Value[];
  readonly merged: readonly Value[];
  readonly charge: QueueCharge;
  readonly qosCode: number;
}

/** @returns the value that an update brings, or null where it brings none. NaN is bound as NULL. */
function takes(value: Value, at: number): Value {
  return KEPT.has(JOB_COLUMNS[at].name) || Number.isNaN(value) ? null : value;
}

function placeOf(name: string): number {
  const at = PLACE.get(name);
  if (at === undefined) throw new Error(`jobs has no column ${name}`);
  return at;
}

function fieldOf(row: readonly Value[], name: string): Value {
  return row[placeOf(name)];
}

/** NaN where there is none. */
function numberOf(row: readonly Value[], name: string): number {
  const value = fieldOf(row, name);
  return typeof value === 'number' ? value : Number.NaN;
}
