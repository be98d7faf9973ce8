import { loadSite } from '../../src/site/load-site.ts';
import type { Site } from '../../src/site/machine.ts';
import { TempFolder } from '../support/temp-folder.ts';

/** A machine of its own, with nothing that could be left out. */
export const VALID = `
[machines.aurora]
time-zone = "Europe/Oslo"
[[machines.aurora.rules]]
queue = "*"
cpu = { per-node = 96 }
gpu = "none"
`;

/** The site of a configuration. */
export function siteOf(toml: string): Site {
  using folder = new TempFolder();
  return loadSite(folder.write('site.toml', toml));
}

/** What is told of a configuration with faults, as of a file `site.toml`. */
export function messageFor(toml: string): string {
  using folder = new TempFolder();
  try {
    loadSite(folder.write('site.toml', toml));
  } catch (error) {
    if (error instanceof Error && error.name === 'ConfigError') {
      return error.message.replaceAll(`${folder.path}/`, '');
    }
    throw error;
  }
  throw new Error(`no fault was found in ${toml}`);
}
