/** What mends a ledger. */
export const MENDS = {
  recharge: 'qledger recharge',
  summary: 'qledger recharge --summary-only',
  rebuild: 'qledger rebuild',
  /** Where a table or an index that is needed for looking is not there. */
  schema: 'mend the schema first, then verify again',
  /** Where the file itself is damaged. */
  restore: 'restore a backup, or qledger rebuild',
} as const;

/** SQL is the last resort: no command of qledger puts it right. */
export function inSql(statements: string): string {
  return `in SQL: ${statements}`;
}
