import { zoneTable } from '../../src/site/zone-table.ts';
import { compileContext, type ReadingContext } from '../../src/sources/reading-context.ts';
import { presetMachine } from '../support/preset-machine.ts';

const DENVER = zoneTable('America/Denver');

/** What readers know of one of the built-in machines. */
export function readingContextOf(machineName: string): ReadingContext {
  const machine = presetMachine(machineName);
  return compileContext({ machine, siteZone: DENVER, sourceZone: DENVER });
}
