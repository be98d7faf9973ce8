/** Why a ledger can't be used, for those who act on it rather than read it. */
export type LedgerErrorCode =
  | 'missing'
  | 'foreign'
  | 'newer'
  | 'outdated'
  | 'other-machine'
  | 'locked'
  | 'busy'
  | 'full'
  | 'read-only'
  | 'corrupt'
  | 'disk-error'
  | 'out-of-memory'
  | 'unusable';

/** A ledger can't be opened or written; the message names the file and what to do. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
  readonly code: LedgerErrorCode;

  constructor(code: LedgerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
