import { decidedEnd } from '../record-span.ts';
import { JsonScanner } from './json-scanner.ts';

/**
 * Where a beginning of an export, or of what stands right behind a record of it, may be cut.
 * @returns the offset behind the last record that is surely whole, or that surely never will be; 0 where
 * there is none.
 */
export function wholeRecordsEnd(bytes: Buffer): number {
  return decidedEnd(new JsonScanner(bytes.toString('latin1'), false));
}
