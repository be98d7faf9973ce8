import { loadSite } from '../site/load-site.ts';

/** `rules check`. @throws ConfigError naming every fault with its line. */
export function printRulesCheck(file: string): void {
  const machines = [...loadSite(file).machines.values()].map(({ name, charging }) => {
    const { length } = charging.rules;
    return `${name} (${length} ${length === 1 ? 'rule' : 'rules'})`;
  });
  process.stdout.write(`${file} is valid. Machines with it: ${machines.join(', ')}\n`);
}
