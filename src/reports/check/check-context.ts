import type { CheckWindow } from './check-window.ts';

/** What the facts of a ledger are judged by. */
export interface CheckContext {
  readonly window: CheckWindow;
  /** Older than this is a warning, older than twice of it critical. */
  readonly maxAgeSeconds: number;
  /** Epoch seconds UTC. */
  readonly now: number;
  /** The last local day that was over when the last complete ingest began; null where there is none. */
  readonly completeThrough: number | null;
}
