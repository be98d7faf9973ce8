import { ALL_LABELS, exportText, type JobFields } from '../sources/qhist-csv/export-line.ts';

/** All that qhist can print of a job: the full export of a site whose jobs have priorities. */
export const LABELS = [...ALL_LABELS, 'Priority'] as const;

/** A full export with a line for each job; fields that are left out are those of a sample job. */
export function jobsExport(jobs: readonly JobFields[]): string {
  return exportText(jobs, LABELS);
}

export type { JobFields };
