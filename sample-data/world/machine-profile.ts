/** What a synthetic machine looks like from outside: its queues and the manner in which work goes through. */
export interface MachineProfile {
  readonly name: 'derecho' | 'casper';
  /** What stands after the dot of a job id. */
  readonly server: string;
  readonly zone: string;
  readonly firstJobNumber: number;
  readonly jobsPerDay: number;
  /** Whether jobs have a priority, and the export its column. */
  readonly hasPriority: boolean;
  /** How many jobs one act of submission brings, each with its weight. */
  readonly submissionSizes: readonly { readonly jobs: number; readonly weight: number }[];
  /** Share of the many-job submissions that are job arrays, not loops of single submissions. */
  readonly arrayShare: number;
  /** Seconds of setting up and clearing away, which lie between start and end but are not elapsed time. */
  readonly overheads: readonly (SecondsRange & { readonly weight: number })[];
  /** Share of the jobs whose virtual memory is reported equal to the resident. */
  readonly sameVirtualMemoryShare: number;
  /** Share of the names that are long and dotted, as climate cases are called. */
  readonly longNameShare: number;
  readonly queues: readonly QueueProfile[];
  readonly accounting: AccountingProfile;
}

/** What only the scheduler's own records show of a machine. */
export interface AccountingProfile {
  /** Where jobs are submitted to; it passes them on to the queue that they run in. */
  readonly routeQueue: string;
  /** Nodes are called so, with a number. */
  readonly nodePrefix: string;
  readonly nodes: number;
  /** The place statement of a job with whole nodes, and of one in a development queue. */
  readonly place: string;
  readonly sharedPlace: string;
  /** Whether every record tells what energy the job took. */
  readonly hasEnergy: boolean;
  /** Resources that every job asks none of. */
  readonly unusedResource: string | null;
}

export interface SecondsRange {
  readonly first: number;
  readonly last: number;
}

export interface QueueProfile {
  readonly name: string;
  /** How many of the users' habits live in this queue, relative to the other queues. */
  readonly weight: number;
  readonly maxNodes: number;
  /** Per node; users choose the first most often. */
  readonly cores: readonly number[];
  readonly gpus: readonly number[];
  /** Per node, in GB; the first is the default of the queue, which a select statement need not state. */
  readonly memoryGb: readonly number[];
  readonly cpuType?: string;
  readonly gpuType?: string;
  readonly walltimeMinutes: readonly number[];
  readonly medianWaitSeconds: number;
  /** Standard deviation of the natural logarithm of the wait. */
  readonly waitSpread: number;
  readonly preemptTargets: string | null;
  /** Whether jobs for other queues may push these off their nodes, to run again. */
  readonly isPreemptible?: boolean;
  /** Development queues have no priorities. */
  readonly isForDevelopment?: boolean;
  /** Jobs are sessions that a person opens one by one. */
  readonly isInteractive?: boolean;
  /** Every job of the queue is called so. */
  readonly jobName?: string;
}
