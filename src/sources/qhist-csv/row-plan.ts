import { CODED, NUMBER, TEXT } from '../../job/job-batch.ts';
import type { QhistLayout } from './layout.ts';

/** A field of a row and the column of the batch that it goes to. */
export interface PlannedField {
  readonly place: number;
  readonly column: number;
}

export interface LabelledField extends PlannedField {
  readonly label: string;
}

export interface ScaledField extends PlannedField {
  /** Seconds or bytes in one unit. */
  readonly scale: number;
}

/** The fields of a row by how they are read, worked out once a chunk so that no row asks what a field is. */
export interface RowPlan {
  readonly jobId: number;
  readonly times: readonly LabelledField[];
  readonly durations: readonly ScaledField[];
  readonly memories: readonly ScaledField[];
  readonly wholes: readonly PlannedField[];
  readonly decimals: readonly PlannedField[];
  readonly coded: readonly PlannedField[];
  readonly texts: readonly PlannedField[];
  /** Coded fields that may not be empty. */
  readonly required: readonly { readonly place: number; readonly label: string }[];
  /** -1 where the export has no such field. */
  readonly resources: number;
  readonly recordType: number;
}

export function rowPlan({ columns }: Pick<QhistLayout, 'columns'>): RowPlan {
  const times: LabelledField[] = [];
  const durations: ScaledField[] = [];
  const memories: ScaledField[] = [];
  const wholes: PlannedField[] = [];
  const decimals: PlannedField[] = [];
  const coded: PlannedField[] = [];
  const texts: PlannedField[] = [];
  const required: { place: number; label: string }[] = [];
  let jobId = -1;
  let resources = -1;
  let recordType = -1;
  for (const [place, { field, label, scale }] of columns.entries()) {
    switch (field.kind) {
      case 'job-id':
        jobId = place;
        texts.push({ place, column: TEXT.job_id });
        break;
      case 'time':
        times.push({ place, column: NUMBER[field.column], label });
        break;
      case 'duration':
        durations.push({ place, column: NUMBER[field.column], scale });
        break;
      case 'memory':
        memories.push({ place, column: NUMBER[field.column], scale });
        break;
      case 'whole':
        wholes.push({ place, column: NUMBER[field.column] });
        break;
      case 'decimal':
        decimals.push({ place, column: NUMBER[field.column] });
        break;
      case 'coded':
        coded.push({ place, column: CODED[field.column] });
        if (field.column === 'user' || field.column === 'queue') required.push({ place, label });
        break;
      case 'text':
        // The select statement is read as well as kept.
        if (field.column === 'resources') resources = place;
        else texts.push({ place, column: TEXT[field.column] });
        break;
      case 'record-type':
        recordType = place;
        break;
      case 'ignored':
        break;
    }
  }
  return {
    jobId,
    times,
    durations,
    memories,
    wholes,
    decimals,
    coded,
    texts,
    required,
    resources,
    recordType,
  };
}
