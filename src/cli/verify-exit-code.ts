/** What the exit status of `qledger verify` means where a ledger was looked through. */
export const VERIFY_EXIT_CODES = {
  sound: 0,
  problems: 1,
} as const;

export type VerifyExitCode = (typeof VERIFY_EXIT_CODES)[keyof typeof VERIFY_EXIT_CODES];
