import { JOBS_OF_WINDOW, windowInstants } from '../job-selection.ts';
import type { ReportValue } from '../report.ts';
import { hoursSql, type PlotFile, resourceSql } from './plot-file.ts';

const OWNERS = {
  user: { label: 'User-ids', table: 'users', name: 'username', id: 'user_id' },
  account: { label: 'Accounts', table: 'accounts', name: 'account_name', id: 'account_id' },
} as const;

/** Hours and jobs of each user or account, most hours first. */
export function pie(name: string, by: keyof typeof OWNERS, resource: 'cpu' | 'gpu'): PlotFile {
  const { label, table, name: nameColumn, id } = OWNERS[by];
  return {
    name,
    report: `usage-by-${by}`,
    resource,
    answer(db, question) {
      const { from, to, top } = question;
      const rows = db
        .prepare<[Record<string, number>], ReportValue[]>(
          `SELECT n.${nameColumn}, total(${hoursSql(resource)}) AS hours, count(*)
           ${JOBS_OF_WINDOW} JOIN ${table} n ON n.id = j.${id}
           WHERE ${resourceSql(db, question, resource)}
           GROUP BY n.id ORDER BY hours DESC, n.${nameColumn} LIMIT @top`,
        )
        .raw()
        .all({ ...windowInstants(db, from, to), top: top ?? -1 });
      return {
        columns: [
          { key: by, label, kind: 'text', width: 15 },
          { key: 'hours', label: 'Usage', kind: 'hours', width: 15 },
          { key: 'jobs', label: 'Counts', kind: 'count', width: 0 },
        ],
        rows,
      };
    },
  };
}
