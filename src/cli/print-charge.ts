import type Database from 'better-sqlite3';
import { type ChargeExplanation, explainCharge } from '../charging/explain-charge.ts';
import { ruleSetHash } from '../charging/rule-set-hash.ts';
import { type ChargeVersion, chargeVersions } from '../ledger/sqlite/charge-versions.ts';
import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import { type StoredCharge, storedCharges } from '../reports/stored-charges.ts';
import { loadSite } from '../site/load-site.ts';
import type { Site } from '../site/machine.ts';
import { ZoneClock } from '../site/zone-clock.ts';
import { zoneTable } from '../site/zone-table.ts';
import { askLedger } from './ask-ledger.ts';
import { chargeText } from './charge-text.ts';
import { chosenLedger } from './ledger-path.ts';
import type { RulesOptions } from './rules-command.ts';
import { unknownJob } from './unknown-job.ts';

/** A job's charge by the rules that it was charged by, and by those of today where they are others. */
export interface ExplainedJob {
  readonly stored: StoredCharge;
  /** Undefined where the ledger has lost the rules. */
  readonly asCharged:
    | { readonly by: Omit<ChargeVersion, 'rules'>; readonly explanation: ChargeExplanation }
    | undefined;
  readonly asOfNow:
    | { readonly origin: string; readonly explanation: ChargeExplanation }
    | undefined;
}

/**
 * `rules explain`: JSON is `{ kind: 'charge', machine, ledger, jobId, jobs }`.
 * @throws UsageError where there is no such job.
 */
export function printCharge(jobId: string, options: RulesOptions): void {
  const ledger = chosenLedger(options);
  const site = loadSite(options.config);
  const { machine, jobs } = askLedger(ledger, (db) => explainedJobs(db, jobId, site));
  if (jobs.length === 0) throw unknownJob(ledger, jobId);
  if (options.json === true) {
    const answer = { kind: 'charge', machine, ledger, jobId, jobs };
    process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    return;
  }
  process.stdout.write(jobs.map((job) => chargeText(job, ledger)).join('\n'));
}

/** All jobs with an id, oldest submission first, each with its charge explained. */
export function explainedJobs(
  db: Database.Database,
  jobId: string,
  site: Site,
): { machine: string | null; jobs: readonly ExplainedJob[] } {
  const owner = ledgerMachine(db);
  if (owner === null) return { machine: null, jobs: [] };
  const versions = chargeVersions(db);
  const clock = new ZoneClock(zoneTable(owner.timeZone));
  const stored = storedCharges(db, jobId, clock);
  return {
    machine: owner.machine,
    jobs: stored.map((job) => explained(job, versions, site, owner.machine)),
  };
}

function explained(
  stored: StoredCharge,
  versions: readonly ChargeVersion[],
  site: Site,
  machine: string,
): ExplainedJob {
  const { queue, job, charge } = stored;
  const version = versions.find((each) => each.version === charge.version);
  const today = site.machines.get(machine)?.charging;
  const isOther = today !== undefined && ruleSetHash(today) !== version?.hash;
  return {
    stored,
    asCharged: version && asCharged(version, stored),
    asOfNow: isOther
      ? { origin: site.origin, explanation: explainCharge(today, queue, job) }
      : undefined,
  };
}

function asCharged({ rules, ...by }: ChargeVersion, { queue, job }: StoredCharge) {
  return { by, explanation: explainCharge(rules, queue, job) };
}
