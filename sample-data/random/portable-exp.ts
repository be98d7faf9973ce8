const TAYLOR_TERMS = 14;

/**
 * e to the power of x for |x| <= 700, from multiplications and additions alone.
 *
 * Math.exp may differ in its last bit from one engine or processor to another; IEEE multiplication and
 * addition may not, and a seed must write the same bytes on any host.
 */
export function portableExp(x: number): number {
  const halvings = Math.round(x / Math.LN2);
  const rest = x - halvings * Math.LN2;
  let sum = 1;
  for (let term = TAYLOR_TERMS; term > 0; term--) sum = 1 + (sum * rest) / term;
  for (let i = 0; i < halvings; i++) sum *= 2;
  for (let i = 0; i > halvings; i--) sum /= 2;
  return sum;
}
