import type { Runs } from '../src/ledger/sqlite/runs.ts';
import { Interruption } from './interruption.ts';

/**
 * Notes in the journal how a run has ended that came to no end, and closes the ledger.
 *
 * On a full disk these fail as well, and what came first is what there is to tell. A run whose end can't be
 * noted stays as running, and the next one finds it.
 * @param runId undefined where the journal does not know the run yet.
 */
export function noteFailure(
  runs: Runs,
  runId: number | undefined,
  cause: unknown,
  close: () => void,
): void {
  despiteFailure(() => {
    if (runId === undefined) return;
    if (cause instanceof Interruption) runs.interrupt(runId, cause.message);
    else runs.fail(runId, cause);
  });
  despiteFailure(close);
}

function despiteFailure(attempt: () => void): void {
  try {
    attempt();
  } catch {}
}
