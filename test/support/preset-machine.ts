import type { Machine } from '../../src/site/machine.ts';
import { PRESETS } from '../../src/site/presets.ts';

/** A built-in machine by its name. */
export function presetMachine(name: string): Machine {
  const machine = PRESETS.find((preset) => preset.name === name);
  if (machine === undefined) throw new Error(`no preset ${name}`);
  return machine;
}
