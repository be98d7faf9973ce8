/** Which rejects are meant; all where nothing is said. */
export interface RejectFilter {
  readonly run?: number | undefined;
  readonly code?: string | undefined;
  /** Glob of the file's path or of its name alone. */
  readonly file?: string | undefined;
}

/**
 * The filter as a condition on `rejects r CROSS JOIN source_files f`, and the values that it needs. The join is a
 * cross join for its order: statistics from the days of the first file would have the rejects read once for each
 * file.
 */
export function rejectCondition({ run, code, file }: RejectFilter): {
  readonly sql: string;
  readonly values: Readonly<Record<string, string | number>>;
} {
  const conditions = ['TRUE'];
  const values: Record<string, string | number> = {};
  if (run !== undefined) {
    conditions.push('r.run_id = @run');
    values.run = run;
  }
  if (code !== undefined) {
    conditions.push('r.code = @code');
    values.code = code;
  }
  if (file !== undefined) {
    conditions.push(`(f.path GLOB @file OR f.path GLOB '*/' || @file)`);
    values.file = file;
  }
  return { sql: conditions.join(' AND '), values };
}
