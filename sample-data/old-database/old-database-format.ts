/** Databases of the job-history tool that sites had before: the schema without lookup tables, and the next. */
export const OLD_DATABASE_FORMATS = ['old-denormalised', 'old-normalised'] as const;

export type OldDatabaseFormat = (typeof OLD_DATABASE_FORMATS)[number];

export function isOldDatabaseFormat(format: string): format is OldDatabaseFormat {
  return OLD_DATABASE_FORMATS.some((name) => name === format);
}
