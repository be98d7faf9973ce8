import { REJECT_CODES } from '../sources/reject.ts';

const MEANINGS: ReadonlyMap<string, string> = new Map(Object.entries(REJECT_CODES));

/** What a code says of a line; a newer qledger may have stored one that this one does not know. */
export function rejectMeaning(code: string): string {
  return MEANINGS.get(code) ?? 'a code that this version of qledger does not know';
}

export function isRejectCode(text: string): boolean {
  return MEANINGS.has(text);
}
