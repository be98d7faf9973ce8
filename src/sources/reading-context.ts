import { type Charging, compileCharging } from '../charging/compile-charging.ts';
import { compileGlob } from '../charging/glob.ts';
import { compileKernel, Kernel } from '../kernel/kernel.ts';
import type { Machine } from '../site/machine.ts';
import { ZoneClock } from '../site/zone-clock.ts';
import type { ZoneTable } from '../site/zone-table.ts';
import { LineKernel } from './qhist-csv/line-kernel.ts';
import { SelectStatements } from './select-statements.ts';

/** What readers in a worker need to know of the site, as plain data that crosses threads. */
export interface ReadingSettings {
  readonly machine: Machine;
  /** The zone of site-local days. */
  readonly siteZone: ZoneTable;
  /** The zone of an export's times, which carry none. */
  readonly sourceZone: ZoneTable;
  /** Where it was compiled already: threads that have it share its code. */
  readonly kernel?: WebAssembly.Module;
}

/** The same, compiled once in each worker. */
export interface ReadingContext {
  readonly charging: Charging;
  readonly siteClock: ZoneClock;
  readonly sourceClock: ZoneClock;
  readonly selectStatements: SelectStatements;
  /** One for all chunks, made when the first asks for it; it reads one at a time. */
  lineKernel(): LineKernel;
  readonly cpuType: string | null;
  gpuTypeOfQueue(queue: string): string | null;
}

export function compileContext(settings: ReadingSettings): ReadingContext {
  const { machine } = settings;
  let lineKernel: LineKernel | undefined;
  return {
    charging: compileCharging(machine.charging),
    siteClock: new ZoneClock(settings.siteZone),
    sourceClock: new ZoneClock(settings.sourceZone),
    selectStatements: new SelectStatements(),
    lineKernel: () => {
      lineKernel ??= new LineKernel(new Kernel(settings.kernel ?? compileKernel()));
      return lineKernel;
    },
    ...hardwareDefaults(machine),
  };
}

/** The hardware of jobs that name none. */
export function hardwareDefaults(
  machine: Machine,
): Pick<ReadingContext, 'cpuType' | 'gpuTypeOfQueue'> {
  const gpuTypes = machine.gpuTypes.map(({ queue, type }) => ({
    matches: compileGlob(queue),
    type,
  }));
  return {
    cpuType: machine.cpuType,
    gpuTypeOfQueue: (queue) => gpuTypes.find(({ matches }) => matches(queue))?.type ?? null,
  };
}
