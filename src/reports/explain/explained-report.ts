import type Database from 'better-sqlite3';
import { closeLedger, openForReading } from '../../ledger/sqlite/open-ledger.ts';
import type { ReportDefinition, ReportQuestion } from '../definition.ts';
import type { Report, ReportColumn, ReportValue } from '../report.ts';
import { queryPlan } from './query-plan.ts';

const COLUMNS: readonly ReportColumn[] = [
  { key: 'asked', label: 'Asked', kind: 'count' },
  { key: 'statement', label: 'Statement', kind: 'text' },
  { key: 'plan', label: 'Plan', kind: 'text' },
];

/** Statements of one form, of which any stands for all. */
interface Form {
  readonly sql: string;
  asked: number;
}

/**
 * How the answer to a report is found: each query that is asked, how often, and by which tables and indexes
 * SQLite answers it, a row for each step.
 * @throws LedgerError
 */
export function explainedReport(
  ledgerPath: string,
  definition: ReportDefinition,
  question: ReportQuestion,
): Report {
  const heard: string[] = [];
  const db = openForReading(ledgerPath, (sql) => heard.push(sql));
  try {
    heard.length = 0;
    const report = definition.answer(db, question);
    return explanation(db, report, [...heard]);
  } finally {
    closeLedger(db);
  }
}

/** @param statements all that were asked, with their values in place. */
function explanation(
  db: Database.Database,
  { kind, machine, from, to }: Report,
  statements: readonly string[],
): Report {
  const forms = new Map<string, Form>();
  for (const sql of statements.filter(isQuery)) {
    const form = formOf(sql);
    const known = forms.get(form);
    if (known === undefined) forms.set(form, { sql, asked: 1 });
    else known.asked++;
  }
  const rows = [...forms].flatMap(([form, { sql, asked }]) =>
    queryPlan(db, sql).map((step, i): ReportValue[] =>
      i === 0 ? [asked, form, step] : [null, '', step],
    ),
  );
  return { kind: `${kind}-explained`, machine, from, to, columns: COLUMNS, rows, notes: [] };
}

/** Whether a statement asks for rows, and is not one that only sets something. */
export function isQuery(sql: string): boolean {
  return /^\s*(SELECT|WITH)\b/i.test(sql);
}

/** A statement in one line, without its values. */
function formOf(sql: string): string {
  return sql
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/'(?:[^']|'')*'/g, '?')
    .replaceAll(/(?<![\w."])-?\d+(?:\.\d+)?(?![\w."])/g, '?')
    .trim();
}
