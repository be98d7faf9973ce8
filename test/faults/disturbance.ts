import { SeededRandom } from '../../sample-data/random/seeded-random.ts';

/** What happens to an ingest, and how far it is by then, from 0 to 1. */
export interface Disturbance {
  readonly kind: DisturbanceKind;
  readonly at: number;
}

export type DisturbanceKind =
  | 'SIGKILL'
  | 'SIGTERM'
  | 'SIGINT'
  | 'file size limit'
  | 'full disk'
  | 'worker exits'
  | 'worker throws'
  | 'worker out of memory';

/** The worst comes more often than the others. */
const IN_TURN: readonly DisturbanceKind[] = [
  'SIGKILL',
  'full disk',
  'SIGTERM',
  'worker exits',
  'SIGKILL',
  'file size limit',
  'SIGINT',
  'worker out of memory',
  'SIGKILL',
  'worker throws',
];
const MOST_IN_A_ROW = 3;

/**
 * So many disturbances in all, in series of one to three that come in a row before a run is left alone.
 * @param seed the same seed gives the same.
 */
export function disturbanceSeries(count: number, seed: string): Disturbance[][] {
  const random = new SeededRandom(seed);
  const first = random.below(IN_TURN.length);
  const all = Array.from({ length: count }, (_, i) => ({
    kind: IN_TURN[(first + i) % IN_TURN.length],
    at: random.unit(),
  }));
  const series: Disturbance[][] = [];
  while (all.length > 0) series.push(all.splice(0, random.between(1, MOST_IN_A_ROW)));
  return series;
}

export function seriesText(series: readonly Disturbance[]): string {
  return series.map(({ kind, at }) => `${kind} at ${(100 * at).toFixed(1)} %`).join(', ');
}
