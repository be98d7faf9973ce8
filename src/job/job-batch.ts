/**
 * A batch of jobs as columns: the one currency between readers, chargers and writers. It crosses threads by
 * transfer, so it holds typed arrays and short string tables and no object per job.
 *
 * - Numbers: one Float64Array per batch, column after column (`capacity` slots each). NaN is NULL. Every
 *   unit is a whole second or byte (hours and percentages excepted), far below 2^53.
 * - Texts that are mostly unique: where they stand in `bytes` (UTF-8), length -1 for NULL.
 * - Texts that repeat: a code per job into a table of the distinct texts of this batch, -1 for NULL.
 */
export interface JobBatch {
  readonly rows: number;
  readonly capacity: number;
  /** The bytes that the text spans point into. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whether `bytes` are pure ASCII, so that a text may be decoded the fastest way. */
  readonly ascii: boolean;
  /** NUMBER_COLUMNS.length x capacity. */
  readonly numbers: Float64Array<ArrayBuffer>;
  /** TEXT_COLUMNS.length x capacity. */
  readonly textStarts: Int32Array<ArrayBuffer>;
  readonly textLengths: Int32Array<ArrayBuffer>;
  /** CODED_COLUMNS.length x capacity. */
  readonly codes: Int32Array<ArrayBuffer>;
  /** One table of distinct texts for each coded column. */
  readonly tables: readonly (readonly string[])[];
  /** For each job the index of its QoS in the machine's charging. */
  readonly qosCodes: Uint8Array<ArrayBuffer>;
  /** For each job the hours that could not be computed: a sum of INCOMPLETE flags. */
  readonly incomplete: Uint8Array<ArrayBuffer>;
  /** For each job the site-local day of its end, as days since 1970-01-01. */
  readonly endDays: Int32Array<ArrayBuffer>;
  /** For each job two independent hashes of what identifies it, its job_id and submission: 2 x capacity. */
  readonly identities: Uint32Array<ArrayBuffer>;
}

export const NUMBER_COLUMNS = [
  'short_id',
  'array_index',
  'submit',
  'queued',
  'eligible',
  'start',
  'end',
  'elapsed',
  'walltime',
  'cputime',
  'eligible_secs',
  'numcpus',
  'numgpus',
  'numnodes',
  'mpiprocs',
  'ompthreads',
  'reqmem',
  'memory',
  'vmemory',
  'cpupercent',
  'avgcpu',
  'count',
  /** Line of the source file; relative to the first line of its chunk until the batch is committed. */
  'line',
  'cpu_hours',
  'gpu_hours',
  'memory_hours',
] as const;

export const TEXT_COLUMNS = ['job_id', 'name', 'resources'] as const;

export const CODED_COLUMNS = [
  'user',
  'account',
  'queue',
  'status',
  'cputype',
  'gputype',
  'ptargets',
  'priority',
] as const;

export type NumberColumn = (typeof NUMBER_COLUMNS)[number];
export type TextColumn = (typeof TEXT_COLUMNS)[number];
export type CodedColumn = (typeof CODED_COLUMNS)[number];

/** The place of each column in its typed array. */
export const NUMBER: Readonly<Record<NumberColumn, number>> = positions(NUMBER_COLUMNS);
export const TEXT: Readonly<Record<TextColumn, number>> = positions(TEXT_COLUMNS);
export const CODED: Readonly<Record<CodedColumn, number>> = positions(CODED_COLUMNS);

/** Which hours of a charge lack an input that their rule needs; they are kept as 0 and marked. */
export const INCOMPLETE = { cpu: 1, gpu: 2, memory: 4 } as const;

/** What to hand over to the other thread instead of copying it. */
export function batchBuffers(batch: JobBatch): ArrayBuffer[] {
  return [
    batch.bytes.buffer,
    batch.numbers.buffer,
    batch.textStarts.buffer,
    batch.textLengths.buffer,
    batch.codes.buffer,
    batch.qosCodes.buffer,
    batch.incomplete.buffer,
    batch.endDays.buffer,
    batch.identities.buffer,
  ];
}

/** Gives the memory of a batch that is used up back at once; the collector would let it stand for a while. */
export function releaseBatch(batch: JobBatch): void {
  for (const buffer of batchBuffers(batch)) if (!buffer.detached) buffer.transfer(0);
}

function positions<Name extends string>(names: readonly Name[]): Record<Name, number> {
  const entries = names.map((name, position) => [name, position] as const);
  return Object.fromEntries(entries) as Record<Name, number>;
}
