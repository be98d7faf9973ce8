import { machineOf } from '../../src/site/machine-of.ts';
import { PRESETS } from '../../src/site/presets.ts';
import { zoneTable } from '../../src/site/zone-table.ts';
import { compileContext, type ReadingContext } from '../../src/sources/reading-context.ts';

const SITE = {
  machines: new Map(PRESETS.map((machine) => [machine.name, machine])),
  origin: 'built-in presets',
};
const DENVER = zoneTable('America/Denver');

/** What readers know of one of the built-in machines. */
export function readingContextOf(machineName: string): ReadingContext {
  const machine = machineOf(SITE, machineName);
  return compileContext({ machine, siteZone: DENVER, sourceZone: DENVER });
}
