/** What the exit status of `qledger diff` means where two ledgers were compared. */
export const DIFF_EXIT_CODES = {
  equal: 0,
  different: 1,
} as const;

export type DiffExitCode = (typeof DIFF_EXIT_CODES)[keyof typeof DIFF_EXIT_CODES];
