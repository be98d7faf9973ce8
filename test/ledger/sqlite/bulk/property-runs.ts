/** What vitest.config.ts allows a test; properties that run longer by hand need more. */
const ORDINARY_TIMEOUT_MS = 60_000;
/** More than the slowest of these properties needs for one input. */
const MOST_MS_PER_RUN = 2000;

/**
 * How many inputs a property is tried with: `QLEDGER_PROPERTY_RUNS` where it is set, such as 10000 for a
 * night, and few enough not to be waited for otherwise.
 */
export function propertyRuns(ordinary: number): { numRuns: number; timeoutMs: number } {
  const asked = Number(process.env.QLEDGER_PROPERTY_RUNS ?? '');
  const numRuns = asked > 0 ? asked : ordinary;
  return { numRuns, timeoutMs: Math.max(ORDINARY_TIMEOUT_MS, numRuns * MOST_MS_PER_RUN) };
}
