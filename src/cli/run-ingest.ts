import { type IngestResult, ingest } from '../../pipelines/ingest.ts';
import { closeLedger, openForReading } from '../ledger/sqlite/open-ledger.ts';
import { type LedgerTotals, ledgerTotals } from '../reports/ledger-totals.ts';
import { type RejectGroup, rejectsByCode } from '../reports/rejects-by-code.ts';
import { summaryNotes } from '../reports/summary-notes.ts';
import { isTimeZone } from '../site/is-time-zone.ts';
import { loadSite } from '../site/load-site.ts';
import { machineOf } from '../site/machine-of.ts';
import type { IngestOptions } from './ingest-command.ts';
import { ingestText, rejectWarningsText, warningsText } from './ingest-text.ts';
import { ingestProgress } from './progress.ts';
import { UsageError } from './usage-error.ts';
import { qledgerVersion } from './version.ts';

/** What `ingest` tells of: the run, and the ledger after it. */
export interface IngestOutcome {
  readonly machine: string;
  readonly ledger: string;
  readonly result: IngestResult;
  readonly rejects: readonly RejectGroup[];
  readonly totals: LedgerTotals;
  /** What to know of the ledger's figures. */
  readonly notes: readonly string[];
}

export async function runIngest(
  files: readonly string[],
  options: IngestOptions,
  ledger: string,
): Promise<void> {
  const { timezone, timeUnit } = options;
  if (timezone !== undefined && !isTimeZone(timezone)) {
    throw new UsageError(`--timezone ${timezone}: not an IANA time zone such as America/Denver`);
  }
  const machine = machineOf(loadSite(options.config), options.machine);
  const progress = ingestProgress(options.quiet === true ? null : process.stderr);
  let result: IngestResult;
  try {
    result = await ingest(
      {
        files,
        machine,
        ledgerPath: ledger,
        timeUnit,
        version: qledgerVersion(),
        ...(timezone === undefined ? {} : { sourceZone: timezone }),
      },
      progress.update,
    );
  } finally {
    progress.stop();
  }
  const outcome = { machine: machine.name, ledger, result, ...lookAt(ledger, result.runId) };
  process.stderr.write(warningsText(outcome));
  if (options.json === true) {
    process.stderr.write(rejectWarningsText(outcome));
    process.stdout.write(`${JSON.stringify(json(outcome), null, 2)}\n`);
  } else if (options.quiet === true) {
    process.stderr.write(rejectWarningsText(outcome));
  } else {
    process.stdout.write(ingestText(outcome));
  }
}

function lookAt(path: string, runId: number): Pick<IngestOutcome, 'rejects' | 'totals' | 'notes'> {
  const db = openForReading(path);
  try {
    return {
      rejects: rejectsByCode(db, runId),
      totals: ledgerTotals(db),
      notes: summaryNotes(db),
    };
  } finally {
    closeLedger(db);
  }
}

function json({ machine, ledger, result, rejects, totals, notes }: IngestOutcome): object {
  const { runId, files, totals: counts, days, seconds } = result;
  return {
    kind: 'ingest',
    machine,
    ledger,
    run: runId,
    files: files.map(({ path, sizeBytes, counts, unknownLabels }) => ({
      path,
      sizeBytes,
      ...counts,
      unknownLabels,
    })),
    counts,
    rejects,
    days,
    seconds,
    totals,
    notes,
  };
}
