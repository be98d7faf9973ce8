import { CODED, NUMBER, TEXT } from '../../job/job-batch.ts';
import type { RowPlan } from './row-plan.ts';

/** How the kernel reads a field, in the order of its `Kind`. */
const KERNEL_FIELD_KINDS = [
  'jobId',
  'time',
  'count',
  'whole',
  'decimal',
  'recordType',
  'required',
  'text',
  'idText',
  'coded',
  'select',
] as const;

type KernelFieldKind = (typeof KERNEL_FIELD_KINDS)[number];

/** A field that the kernel reads into a column of the batch. */
export interface KernelStep {
  readonly kind: KernelFieldKind;
  readonly place: number;
  readonly column: number;
  /** Seconds or bytes in one unit. */
  readonly scale: number;
}

export const STEP_BYTES = 24;

/** The fields of a row that are numbers or times, and those that are read once the times are known to be sound. */
export interface KernelPlan {
  readonly numbers: readonly KernelStep[];
  readonly texts: readonly KernelStep[];
}

export function kernelPlan(plan: RowPlan): KernelPlan {
  const { jobId, times, durations, memories, wholes, decimals, recordType } = plan;
  const optional = (kind: KernelFieldKind, place: number, column: number): KernelStep[] =>
    place === -1 ? [] : [step(kind, { place, column })];
  return {
    numbers: [
      step('jobId', { place: jobId, column: NUMBER.short_id }),
      ...times.map((field) => step('time', field)),
      ...durations.map((field) => step('count', field, field.scale)),
      ...memories.map((field) => step('count', field, field.scale)),
      ...wholes.map((field) => step('whole', field)),
      ...decimals.map((field) => step('decimal', field)),
    ],
    texts: [
      ...optional('recordType', recordType, 0),
      // Before any text gets a code, so that no name of a reject does.
      ...plan.required.map(({ place }) => step('required', { place, column: 0 })),
      ...plan.coded.map((field) => step('coded', field)),
      ...plan.texts.map((field) => step(field.column === TEXT.job_id ? 'idText' : 'text', field)),
      ...optional('select', plan.resources, TEXT.resources),
    ],
  };
}

/** Codes of select statements are kept like those of one more coded column. */
export const SELECT_COLUMN = Object.keys(CODED).length;
export const CODE_COLUMNS = SELECT_COLUMN + 1;

/** The steps as the kernel reads them. */
export function writeSteps(target: DataView, at: number, steps: readonly KernelStep[]): void {
  for (const [i, { kind, place, column, scale }] of steps.entries()) {
    const from = at + i * STEP_BYTES;
    target.setInt32(from, KERNEL_FIELD_KINDS.indexOf(kind), true);
    target.setInt32(from + 4, place, true);
    target.setInt32(from + 8, column, true);
    target.setFloat64(from + 16, scale, true);
  }
}

function step(
  kind: KernelFieldKind,
  { place, column }: { readonly place: number; readonly column: number },
  scale = 1,
): KernelStep {
  return { kind, place, column, scale };
}
