import type Database from 'better-sqlite3';
import type { ChargedJob } from '../charging/charged-job.ts';
import type { ZoneClock } from '../site/zone-clock.ts';

/** A job of the ledger with what it was charged. */
export interface StoredCharge {
  readonly jobId: string;
  /** Epoch seconds, UTC. */
  readonly submit: number;
  readonly end: number;
  readonly queue: string;
  readonly job: ChargedJob;
  readonly charge: {
    readonly version: number;
    readonly cpuHours: number;
    readonly gpuHours: number;
    readonly memoryHours: number;
    readonly factor: number;
    readonly incomplete: number;
    readonly qos: string;
  };
}

/**
 * The charges of all jobs with an id, oldest submission first.
 * @param jobId with or without the server: `6049117[28].desched1` or `6049117[28]`.
 * @param clock of the ledger's site-local days.
 */
export function storedCharges(
  db: Database.Database,
  jobId: string,
  clock: ZoneClock,
): StoredCharge[] {
  // The slash follows the dot in ASCII: the range is every server of this id, and the index finds it.
  return db
    .prepare<[{ jobId: string }], Row>(
      `SELECT j.job_id AS jobId, j.submit, j."end", q.queue_name AS queue, s.name AS qos,
         u.username AS user, a.account_name AS account, j.cputype AS cpuType, j.gputype AS gpuType, j.priority,
         j.elapsed, j.numcpus, j.numgpus, j.numnodes, j.cputime, j.memory, j.reqmem,
         c.charge_version AS version, c.cpu_hours AS cpuHours, c.gpu_hours AS gpuHours,
         c.memory_hours AS memoryHours, c.qos_factor AS factor, c.incomplete
       FROM jobs j
       CROSS JOIN job_charges c ON c.job_id = j.id
       CROSS JOIN users u ON u.id = j.user_id
       CROSS JOIN accounts a ON a.id = j.account_id
       CROSS JOIN queues q ON q.id = j.queue_id
       CROSS JOIN job_qos s ON s.id = j.qos_id
       WHERE j.job_id = @jobId OR (j.job_id >= @jobId || '.' AND j.job_id < @jobId || '/')
       ORDER BY j.submit, j.job_id`,
    )
    .all({ jobId })
    .map(({ user, account, cpuType, gpuType, priority, ...row }) => ({
      jobId: row.jobId,
      submit: row.submit,
      end: row.end,
      queue: row.queue,
      job: {
        user,
        account,
        cpuType,
        gpuType,
        priority,
        endDay: clock.localDay(row.end),
        elapsedSeconds: row.elapsed ?? Number.NaN,
        numcpus: row.numcpus ?? Number.NaN,
        numgpus: row.numgpus ?? Number.NaN,
        numnodes: row.numnodes ?? Number.NaN,
        cputimeSeconds: row.cputime ?? Number.NaN,
        memoryBytes: row.memory ?? Number.NaN,
        reqmemBytes: row.reqmem ?? Number.NaN,
      },
      charge: {
        version: row.version,
        cpuHours: row.cpuHours,
        gpuHours: row.gpuHours,
        memoryHours: row.memoryHours,
        factor: row.factor,
        incomplete: row.incomplete,
        qos: row.qos,
      },
    }));
}

interface Row {
  readonly jobId: string;
  readonly submit: number;
  readonly end: number;
  readonly queue: string;
  readonly qos: string;
  readonly user: string;
  readonly account: string;
  readonly cpuType: string | null;
  readonly gpuType: string | null;
  readonly priority: string | null;
  readonly elapsed: number | null;
  readonly numcpus: number | null;
  readonly numgpus: number | null;
  readonly numnodes: number | null;
  readonly cputime: number | null;
  readonly memory: number | null;
  readonly reqmem: number | null;
  readonly version: number;
  readonly cpuHours: number;
  readonly gpuHours: number;
  readonly memoryHours: number;
  readonly factor: number;
  readonly incomplete: number;
}
