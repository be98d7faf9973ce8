import type { ChargedJob } from '../../charging/charged-job.ts';
import type { Charging, QueueCharge } from '../../charging/compile-charging.ts';
import type { ZoneClock } from '../../site/zone-clock.ts';
import { type ChargedJobRow, chargedJobs } from './charged-jobs.ts';
import { counted } from './counted.ts';
import { jobText } from './job-text.ts';
import { clockOf } from './machine-check.ts';
import { MENDS } from './mends.ts';
import { storedChargings } from './stored-charging.ts';
import type { VerifyCheck } from './verify-check.ts';

export const chargesCheck: VerifyCheck = {
  name: 'charges',
  sound: 'charges are those of their rules, to the last bit',
  *run(db, { charges }) {
    const clock = clockOf(db);
    const rules = new QueueRules(storedChargings(db));
    let wrong = 0;
    let looked = 0;
    let example = '';
    for (const row of chargedJobs(db, charges)) {
      looked++;
      const differences = differencesOf(row, rules, clock);
      if (differences.length === 0) continue;
      if (wrong++ === 0) example = `${jobText(row.job_id, row.submit)}: ${differences.join(', ')}`;
    }
    if (wrong === 0) return;
    yield {
      text: `${counted(wrong, 'charge is', 'charges are')} not by the rules, of ${looked} looked at, such as ${example}`,
      mend: MENDS.recharge,
    };
  },
};

/** In what a charge differs from the one that its rules make: `cpu_hours is 385, by the rules 384`. */
function differencesOf(row: ChargedJobRow, rules: QueueRules, clock: ZoneClock): string[] {
  const { queue, user, account } = row;
  // Rules and names that are missing are matters of other checks.
  const charging = rules.charging(row.charge_version);
  if (charging === null || queue === null || user === null || account === null) return [];
  const job = { ...chargedJob(row, clock), user, account };
  const charge = rules.ofQueue(charging, queue).of(job);
  const qos = charging.qos[charge.qosCode];
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['cpu_hours', row.cpu_hours, charge.cpuHours],
    ['gpu_hours', row.gpu_hours, charge.gpuHours],
    ['memory_hours', row.memory_hours, charge.memoryHours],
    ['incomplete', row.incomplete, charge.incomplete],
    ['qos', row.qos, qos.name],
    ['qos_factor', row.qos_factor, qos.factor],
  ];
  return pairs
    .filter(([, is, byRules]) => is !== byRules)
    .map(([name, is, byRules]) => `${name} is ${is}, by the rules ${byRules}`);
}

function chargedJob(row: ChargedJobRow, clock: ZoneClock): Omit<ChargedJob, 'user' | 'account'> {
  return {
    cpuType: row.cputype,
    gpuType: row.gputype,
    priority: row.priority,
    endDay: clock.localDay(row.end),
    elapsedSeconds: row.elapsed ?? Number.NaN,
    numcpus: row.numcpus ?? Number.NaN,
    numgpus: row.numgpus ?? Number.NaN,
    numnodes: row.numnodes ?? Number.NaN,
    cputimeSeconds: row.cputime ?? Number.NaN,
    memoryBytes: row.memory ?? Number.NaN,
    reqmemBytes: row.reqmem ?? Number.NaN,
  };
}

/** The rules of queues, kept once they are found. */
class QueueRules {
  readonly #stored: ReturnType<typeof storedChargings>;
  readonly #ofQueue = new Map<Charging, Map<string, QueueCharge>>();

  constructor(stored: ReturnType<typeof storedChargings>) {
    this.#stored = stored;
  }

  charging(version: number): Charging | null {
    return this.#stored.get(version)?.charging ?? null;
  }

  ofQueue(charging: Charging, queue: string): QueueCharge {
    const known = this.#ofQueue.get(charging) ?? new Map<string, QueueCharge>();
    this.#ofQueue.set(charging, known);
    const rules = known.get(queue) ?? charging.forQueue(queue);
    known.set(queue, rules);
    return rules;
  }
}
