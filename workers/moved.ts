import { move, transferableSymbol, valueSymbol } from 'piscina';

/** The answer of a task whose buffers are handed over instead of copied. */
export function moved(answer: object, buffers: readonly ArrayBuffer[]): unknown {
  return move({ [transferableSymbol]: buffers, [valueSymbol]: answer });
}
