import { compileGlob } from '../charging/glob.ts';
import type { MachineFacts } from './machine-facts.ts';

/** The facility of accounts that no glob matches. */
export const OTHER_FACILITY = 'other';

/** Tells of any account which facility it belongs to: that of the first glob that matches. */
export function facilityOf({
  facilities,
}: Pick<MachineFacts, 'facilities'>): (accountName: string) => string {
  const rules = facilities.map(({ account, facility }) => ({
    matches: compileGlob(account),
    facility,
  }));
  return (accountName) =>
    rules.find(({ matches }) => matches(accountName))?.facility ?? OTHER_FACILITY;
}
