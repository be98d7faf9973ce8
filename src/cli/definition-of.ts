import type { ReportDefinition } from '../reports/definition.ts';
import { REPORTS } from '../reports/registry.ts';
import { nearestName } from '../site/nearest-name.ts';
import { UsageError } from './usage-error.ts';

/** The report of a name. @throws UsageError that tells the nearest name, where there is none. */
export function definitionOf(name: string): ReportDefinition {
  const definition = REPORTS.find((report) => report.name === name);
  if (definition !== undefined) return definition;
  const names = REPORTS.map((report) => report.name);
  const nearest = nearestName(name, names);
  throw new UsageError(
    `${name}: there is no such report${nearest === undefined ? '.' : `; did you mean ${nearest}?`} ` +
      'All are listed by: qledger report --list',
  );
}
