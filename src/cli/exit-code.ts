/** What the exit status of qledger means; docs/exit-codes.md says it in words. */
export const EXIT_CODES = {
  ok: 0,
  failed: 1,
  usage: 2,
  nothingNew: 10,
  rejectsWithinLimit: 11,
  rejectsOverLimit: 20,
  partial: 21,
  source: 22,
  refused: 23,
  locked: 30,
  ledgerBusy: 31,
  ledgerFull: 32,
  ledgerForeign: 33,
  ledgerReadOnly: 34,
  ledgerDamaged: 35,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];
