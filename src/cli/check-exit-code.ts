import type { Verdict } from '../reports/check/verdict.ts';

/** What the exit status of `qledger check` means: that of a Nagios plugin. */
export const CHECK_EXIT_CODES = {
  ok: 0,
  warning: 1,
  critical: 2,
} as const satisfies Record<Verdict, number>;

export type CheckExitCode = (typeof CHECK_EXIT_CODES)[keyof typeof CHECK_EXIT_CODES];
