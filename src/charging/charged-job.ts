/**
 * What the charge of a job may depend on besides its queue; NaN and null are not known. A source of millions
 * of jobs may give it by getters: what the rules of a queue do not ask for is then never fetched.
 */
export interface ChargedJob {
  readonly user: string;
  readonly account: string;
  readonly cpuType: string | null;
  readonly gpuType: string | null;
  readonly priority: string | null;
  /** The site-local day of the end, as days since 1970-01-01. */
  readonly endDay: number;
  readonly elapsedSeconds: number;
  readonly numcpus: number;
  readonly numgpus: number;
  readonly numnodes: number;
  readonly cputimeSeconds: number;
  readonly memoryBytes: number;
  readonly reqmemBytes: number;
}

/** Hours before the QoS factor, and which of them are 0 because an input is not known. */
export interface JobCharge {
  readonly cpuHours: number;
  readonly gpuHours: number;
  /** GiB-hours. */
  readonly memoryHours: number;
  /** A sum of INCOMPLETE flags. */
  readonly incomplete: number;
  /** The place of the job's QoS, as of the day of its end, in `Charging.qos`. */
  readonly qosCode: number;
}
