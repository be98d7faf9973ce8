import { ConfigError } from './config-error.ts';
import type { Machine, Site } from './machine.ts';
import { nearestName } from './nearest-name.ts';

/** @throws ConfigError naming the known machines where the site has none of this name. */
export function machineOf(site: Site, name: string): Machine {
  const machine = site.machines.get(name);
  if (machine !== undefined) return machine;
  const known = [...site.machines.keys()];
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  throw new ConfigError(
    `unknown machine "${name}"${hint}\n` +
      `  known (${site.origin}): ${known.join(', ')}\n` +
      `  to add one, write a [machines.${name}] section into qledger.toml (docs/configuration.md)`,
  );
}
