import type { LostJob } from '../reports/ledger-comparison.ts';
import { utcText } from '../site/utc-text.ts';
import type { RebuildOutcomeText } from './run-rebuild.ts';
import { filesJson } from './run-report.ts';

/** The result of a rebuild as one JSON object; times are ISO 8601 in UTC. */
export function rebuildJson(outcome: RebuildOutcomeText): object {
  const { machine, ledger, result, missingDays, warnings } = outcome;
  const { comparison } = result;
  return {
    kind: 'rebuild',
    status: result.outcome,
    machine,
    ledger,
    run: result.runId,
    ...filesJson(result),
    missingDays,
    counts: result.totals,
    rejects: result.rejects,
    days: result.days,
    checks: result.checks,
    comparison: comparison && {
      ...comparison,
      lost: { ...comparison.lost, examples: comparison.lost.examples.map(lostJson) },
    },
    incomparable: result.incomparable,
    backup: result.backup,
    removedBackups: result.removedBackups,
    seconds: result.seconds,
    warnings,
    totals: result.ledgerTotals,
    notes: result.notes,
    oldNotes: result.oldNotes,
  };
}

function lostJson({ submit, end, ...job }: LostJob): object {
  return { ...job, submit: utcText(submit), end: utcText(end) };
}
