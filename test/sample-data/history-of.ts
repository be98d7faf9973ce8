import type { HistoryOptions } from '../../sample-data/history-options.ts';
import { type HistoryFormat, historyPieces } from '../../sample-data/history-pieces.ts';
import { machineProfiles } from '../../sample-data/world/machine-profiles.ts';
import { parseLocalDay } from '../../src/site/local-day.ts';

/** A small history over the repeated hour of autumn, with broken records. */
export function exampleHistory(changes: Partial<HistoryOptions> = {}): HistoryOptions {
  return {
    machine: machineProfiles.derecho,
    jobs: 2000,
    broken: 14,
    seed: 1,
    firstDay: parseLocalDay('2025-11-01'),
    jobsPerDay: 800,
    ...changes,
  };
}

/** A history as one text. */
export function historyText(format: HistoryFormat, options: HistoryOptions): string {
  return [...historyPieces(format, options)].map(({ text }) => text).join('');
}
