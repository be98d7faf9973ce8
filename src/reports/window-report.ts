import type Database from 'better-sqlite3';
import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import type { ReportQuestion } from './definition.ts';
import type { Report } from './report.ts';
import { summaryNotes } from './summary-notes.ts';

/**
 * A table with what every answer says besides: of which machine and window it is, and what a reader must know of
 * the ledger.
 * @param notes to stand before those.
 */
export function windowReport(
  db: Database.Database,
  kind: string,
  { from, to }: Pick<ReportQuestion, 'from' | 'to'>,
  { columns, rows }: Pick<Report, 'columns' | 'rows'>,
  notes: readonly string[] = [],
): Report {
  const machine = ledgerMachine(db)?.machine ?? 'unknown';
  return { kind, machine, from, to, columns, rows, notes: [...notes, ...summaryNotes(db)] };
}
