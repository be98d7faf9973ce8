/**
 * An error and what it was caused by, from the outside in. What `using` has suppressed comes before the
 * failure to clean up that hid it, since that one is mostly a consequence.
 */
export function causeChain(problem: unknown): Error[] {
  const chain: Error[] = [];
  const waiting = [problem];
  while (waiting.length > 0) {
    const next = waiting.shift();
    if (!(next instanceof Error) || chain.includes(next)) continue;
    if (next instanceof SuppressedError) {
      waiting.unshift(next.suppressed, next.error);
    } else {
      chain.push(next);
      waiting.unshift(next.cause);
    }
  }
  return chain;
}
