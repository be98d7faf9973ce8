/**
 * One job that never ran, in the ledger's units: integer epoch seconds UTC, whole seconds, bytes. NULL is
 * what the scheduler did not record. Writers turn it into a line of their format.
 */
export interface SyntheticJob {
  /** `4519896.desched1`, or `6049117[28].desched1` for a member of an array. */
  readonly jobId: string;
  /** The same without the server. */
  readonly shortId: string;
  readonly name: string;
  readonly user: string;
  readonly account: string;
  readonly queue: string;
  readonly priority: string | null;
  /** The exit code as PBS writes it, such as `0`, `271` or `-29`. */
  readonly status: string;
  readonly submit: number;
  readonly eligible: number;
  readonly start: number;
  readonly end: number;
  readonly elapsedSeconds: number;
  readonly walltimeSeconds: number | null;
  readonly runCount: number;
  readonly numcpus: number;
  readonly numgpus: number;
  readonly numnodes: number;
  readonly mpiprocs: number | null;
  readonly ompthreads: number | null;
  readonly cpuType: string | null;
  readonly gpuType: string | null;
  /** Of all CPUs together, so that 12800 is 128 busy CPUs. */
  readonly cpuPercent: number | null;
  readonly cputimeSeconds: number | null;
  readonly reqmemBytes: number;
  readonly memoryBytes: number | null;
  readonly vmemoryBytes: number | null;
  /** The select statement. */
  readonly resources: string;
  readonly preemptTargets: string | null;
}
