import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/site/config-error.ts';
import type { Site } from '../../src/site/machine.ts';
import { machineOf } from '../../src/site/machine-of.ts';
import { PRESETS } from '../../src/site/presets.ts';

const SITE: Site = {
  machines: new Map(PRESETS.map((machine) => [machine.name, machine])),
  origin: 'built-in presets',
};

describe('machineOf', () => {
  it('finds a machine by its exact name', () => {
    expect(machineOf(SITE, 'casper').name).toBe('casper');
  });

  it('names the known machines, the nearest one and how to add another', () => {
    expect(() => machineOf(SITE, 'Caspar')).toThrow(ConfigError);
    expect(() => machineOf(SITE, 'Caspar')).toThrow(
      'unknown machine "Caspar"; did you mean "casper"?\n' +
        '  known (built-in presets): derecho, casper\n' +
        '  to add one, write a [machines.Caspar] section into qledger.toml',
    );
    expect(() => machineOf(SITE, 'frontier')).toThrow(/^unknown machine "frontier"\n/);
  });
});
