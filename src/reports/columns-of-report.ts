import { emptyLedger } from '../ledger/sqlite/empty-ledger.ts';
import { NO_FACTS } from '../site/machine-facts.ts';
import type { ReportDefinition } from './definition.ts';
import type { ReportColumn } from './report.ts';

const DAY = '1970-01-01';

/** The columns of a report, which are the same of any ledger; that of the period is of months. */
export function columnsOfReport(definition: ReportDefinition): readonly ReportColumn[] {
  const db = emptyLedger();
  try {
    const question = { from: DAY, to: DAY, period: 'month', top: null, site: NO_FACTS } as const;
    return definition.answer(db, question).columns;
  } finally {
    db.close();
  }
}
