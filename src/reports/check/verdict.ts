/** From the best to the worst; the place of one is its exit status, as Nagios plugins have it. */
export const VERDICTS = ['ok', 'warning', 'critical'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** `ledger` is the check that a ledger can be read at all. */
export type CheckName =
  | 'ledger'
  | 'newest-job'
  | 'last-ingest'
  | 'runs'
  | 'missing-days'
  | 'odd-days'
  | 'unread-files'
  | 'rejects'
  | 'summary';

export interface CheckLine {
  readonly check: CheckName;
  readonly verdict: Verdict;
  /** What is so, in one sentence without a full stop. */
  readonly message: string;
  /** What to do; null where all is well. */
  readonly advice: string | null;
}

/** The worst of them. */
export function worstOf(verdicts: Iterable<Verdict>): Verdict {
  let worst = 0;
  for (const verdict of verdicts) worst = Math.max(worst, VERDICTS.indexOf(verdict));
  return VERDICTS[worst];
}
