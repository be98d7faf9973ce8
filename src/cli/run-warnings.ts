import type { RulesChange } from '../ledger/sqlite/charge-versions.ts';
import type { InterruptedRun } from '../ledger/sqlite/runs.ts';
import { utcText } from '../site/utc-text.ts';
import { rulesChangeText } from './rules-change-text.ts';

/** What a run has found in the journal that an operator should know. */
export function runWarnings(
  {
    interrupted,
    rulesChange,
  }: {
    readonly interrupted: readonly InterruptedRun[];
    readonly rulesChange: RulesChange | undefined;
  },
  ledger: string,
): string[] {
  return [
    ...interrupted.map(
      ({ id, command, startedAt }) =>
        `run ${id} (${command}, begun ${utcText(startedAt)}) never ended; ` +
        'what it had committed is in the ledger, and the same command goes on from there',
    ),
    ...(rulesChange === undefined ? [] : [rulesChangeText(rulesChange, ledger)]),
  ];
}
