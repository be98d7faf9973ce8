const LARGE_TABLES = ['jobs', 'job_charges'];
/** It holds few rows, and these are what is asked for. */
const SMALL_INDEX = 'ix_job_charges_incomplete';

/**
 * Where a query reads all rows of a large table, or makes an index of it for itself.
 * @param plan the details of SQLite's EXPLAIN QUERY PLAN.
 */
export function planFaults(plan: readonly string[], sql: string): string[] {
  const names = namesOfLargeTables(sql);
  return plan.filter((step) => {
    const [, how, name] = /^(SCAN|SEARCH) (\S+)/.exec(step) ?? [];
    if (!names.has(name)) return false;
    return how === 'SCAN' ? !step.endsWith(SMALL_INDEX) : step.includes(' AUTOMATIC ');
  });
}

/** The tables and what a query calls them; a plan knows them by that. */
function namesOfLargeTables(sql: string): Set<string> {
  const names = new Set(LARGE_TABLES);
  const aliases = sql.matchAll(/\b(?:jobs|job_charges)\s+(?:AS\s+)?([a-z]\w*)/g);
  for (const [, alias] of aliases) names.add(alias);
  return names;
}
