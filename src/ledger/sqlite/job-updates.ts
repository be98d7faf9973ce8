import type Database from 'better-sqlite3';
import { CHARGE_COLUMNS } from './charge-rows.ts';
import { JOB_COLUMNS } from './job-columns.ts';
import {
  fieldOf,
  JobMerge,
  type JobNames,
  numberOf,
  TAKEN,
  type UpdateRules,
} from './job-merge.ts';
import type { Value } from './job-rows.ts';
import { LOOKUP_TABLES } from './lookup-tables.ts';

/** The ends of a job before and after an update; both days have another summary. */
export interface UpdatedJob {
  readonly id: number;
  readonly endBefore: number;
  readonly endAfter: number;
}

/** What an updated job is charged with. */
export interface ChargedBy {
  readonly chargeVersion: number;
  /** By the codes of the charging. */
  readonly qosFactors: readonly number[];
}

/** Lets known jobs take the values of a newer record; the charge is that of the values together. */
export class JobUpdates {
  readonly #charging: ChargedBy;
  readonly #merge: JobMerge;
  readonly #known: KnownJobs;
  readonly #update: Database.Statement<Value[]>;
  readonly #charge: Database.Statement<Value[]>;

  constructor(db: Database.Database, rules: UpdateRules & ChargedBy) {
    this.#charging = rules;
    this.#merge = new JobMerge(rules, namesIn(db));
    this.#known = new KnownJobs(db);
    this.#update = db.prepare(
      `UPDATE jobs SET ${TAKEN.map(({ name }) => `"${name}" = ?`).join(', ')} WHERE id = ?`,
    );
    const [key, ...charged] = CHARGE_COLUMNS;
    this.#charge = db.prepare(
      `UPDATE job_charges SET ${charged.map((name) => `${name} = ?`).join(', ')} WHERE ${key} = ?`,
    );
  }

  /**
   * @param record the values of the newer record, in the order of JOB_COLUMNS.
   * @param sameLineOnly whether it is only taken where the job came from the very same line, which was read
   * before without its end.
   * @returns null where nothing differs from what is known.
   */
  update(record: readonly Value[], sameLineOnly: boolean): UpdatedJob | null {
    const known = this.#known.find(record);
    if (known === undefined || (sameLineOnly && !isSameLine(known, record))) return null;
    const merge = this.#merge.merge(known, record);
    if (merge === null) return null;
    const { merged, charge } = merge;
    const id = numberOf(known, 'id');
    this.#update.run(...TAKEN.map(({ at }) => merged[at]), id);
    const { cpuHours, gpuHours, memoryHours, incomplete, qosCode } = charge;
    const { qosFactors, chargeVersion } = this.#charging;
    const factor = qosFactors[qosCode];
    this.#charge.run(cpuHours, gpuHours, memoryHours, factor, chargeVersion, incomplete, id);
    return { id, endBefore: numberOf(known, 'end'), endAfter: numberOf(merged, 'end') };
  }
}

/** Finds what a ledger knows of the job of a record; both are in the order of JOB_COLUMNS. */
export class KnownJobs {
  readonly #find: Database.Statement<[Value, Value], Value[]>;

  constructor(db: Database.Database) {
    const columns = JOB_COLUMNS.map(({ name }) => `"${name}"`).join(', ');
    this.#find = db
      .prepare<[Value, Value], Value[]>(
        `SELECT ${columns} FROM jobs WHERE job_id = ? AND submit = ?`,
      )
      .raw();
  }

  find(record: readonly Value[]): Value[] | undefined {
    return this.#find.get(fieldOf(record, 'job_id'), fieldOf(record, 'submit'));
  }
}

/** Whether a job came from the line that a record was read from. */
export function isSameLine(known: readonly Value[], record: readonly Value[]): boolean {
  return ['file_id', 'line'].every((name) => fieldOf(known, name) === fieldOf(record, name));
}

/** The names that a ledger has; empty for an id that it has not. */
function namesIn(db: Database.Database): JobNames {
  const [user, account, queue] = LOOKUP_TABLES.map(({ table, column }) =>
    db.prepare<[Value], string>(`SELECT ${column} FROM ${table} WHERE id = ?`).pluck(),
  );
  return {
    user: (id) => user.get(id) ?? '',
    account: (id) => account.get(id) ?? '',
    queue: (id) => queue.get(id) ?? '',
  };
}
