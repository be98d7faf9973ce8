import type { RejectLine } from '../reports/reject-lines.ts';
import { RAW_TEXT_LIMIT } from '../sources/reject.ts';

/**
 * Whether the ledger may hold a part of a rejected line only. A text that just fills the limit counts as cut: it
 * can't be told from the beginning of a longer one.
 */
export function isCutText({ rawBytes }: RejectLine): boolean {
  return rawBytes >= RAW_TEXT_LIMIT;
}
