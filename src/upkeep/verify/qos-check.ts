import type Database from 'better-sqlite3';
import type { Qos } from '../../charging/compile-qos.ts';
import { counted } from './counted.ts';
import { jobTextOfRow } from './job-text.ts';
import { MENDS } from './mends.ts';
import { type StoredCharging, storedChargings } from './stored-charging.ts';
import type { Problem, VerifyCheck } from './verify-check.ts';

interface QosUse {
  readonly qosId: number;
  readonly name: string | null;
  readonly version: number;
  readonly factor: number;
}

export const qosCheck: VerifyCheck = {
  name: 'qos',
  sound: 'every QoS factor is one that the rules give the QoS of the job',
  *run(db) {
    const rules = storedChargings(db);
    yield* usedFactors(db, rules);
    yield* presentFactors(db, rules);
  },
};

function* usedFactors(
  db: Database.Database,
  rules: ReadonlyMap<number, StoredCharging>,
): Generator<Problem> {
  // As many as there are kinds of them, a few for each set of rules.
  const uses = db
    .prepare<[], QosUse>(
      `SELECT DISTINCT j.qos_id AS qosId, c.charge_version AS version, c.qos_factor AS factor,
         (SELECT name FROM job_qos s WHERE s.id = j.qos_id) AS name
       FROM jobs j NOT INDEXED CROSS JOIN job_charges c NOT INDEXED ON c.job_id = j.id`,
    )
    .all();
  const example = db.prepare<[number, number, number], { count: number; id: number }>(
    `SELECT count(*) AS count, min(j.id) AS id
     FROM jobs j NOT INDEXED CROSS JOIN job_charges c NOT INDEXED ON c.job_id = j.id
     WHERE j.qos_id = ? AND c.charge_version = ? AND c.qos_factor = ?`,
  );
  const [first, ...others] = uses.filter((use) => !isByRules(use, rules));
  if (first === undefined) return;
  const found = example.get(first.qosId, first.version, first.factor);
  const more =
    others.length === 0
      ? ''
      : `; and ${counted(others.length, 'other such factor', 'other such factors')}`;
  yield {
    text:
      `${counted(found?.count ?? 0, 'job has', 'jobs have')} the QoS "${first.name}" with the factor ` +
      `${first.factor}, which the rules of version ${first.version} do not give, ` +
      `such as ${jobTextOfRow(db, found?.id ?? 0)}${more}`,
    mend: MENDS.recharge,
  };
}

function isByRules(
  { name, version, factor }: QosUse,
  rules: ReadonlyMap<number, StoredCharging>,
): boolean {
  const charging = rules.get(version)?.charging;
  // A QoS or rules that are missing are matters of other checks.
  if (name === null || charging === undefined || charging === null) return true;
  return charging.qos.some((qos) => qos.name === name && qos.factor === factor);
}

/** The factors of today are those of the rules of the last run that had a say in them. */
function* presentFactors(
  db: Database.Database,
  rules: ReadonlyMap<number, StoredCharging>,
): Generator<Problem> {
  const version = db
    .prepare<[], number>(
      `SELECT charge_version FROM runs WHERE command <> 'recharge --summary-only'
       ORDER BY id DESC LIMIT 1`,
    )
    .pluck()
    .get();
  const charging = version === undefined ? undefined : rules.get(version)?.charging;
  if (charging === undefined || charging === null) return;
  // The last of a name is the one without dates.
  const factors = new Map(charging.qos.map(({ name, factor }) => [name, factor]));
  const stored = db.prepare<[], Qos>('SELECT name, factor FROM job_qos ORDER BY id').all();
  for (const { name, factor } of stored) {
    const needs = factors.get(name);
    if (needs === undefined || needs === factor) continue;
    yield {
      text: `the QoS "${name}" is kept with the factor ${factor}, the rules of the last run say ${needs}`,
      mend: MENDS.recharge,
    };
  }
}
