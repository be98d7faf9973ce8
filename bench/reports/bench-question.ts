import type { ReportDefinition, ReportQuestion } from '../../src/reports/definition.ts';
import { REPORTS } from '../../src/reports/registry.ts';
import type { MachineFacts } from '../../src/site/machine-facts.ts';

/** A report with its window and all else that is asked of it. */
export interface BenchQuestion {
  readonly name: string;
  readonly definition: ReportDefinition;
  readonly asked: ReportQuestion;
  readonly window: 'month' | 'all days';
}

export interface BenchWindow {
  readonly name: BenchQuestion['window'];
  readonly from: string;
  readonly to: string;
}

/** Each report in each window, cut into months; histories cut into days as well. */
export function benchQuestions(
  windows: readonly BenchWindow[],
  site: MachineFacts,
): BenchQuestion[] {
  const asked = REPORTS.flatMap((definition) => [
    { name: definition.name, definition, period: 'month' as const },
    ...(definition.options.includes('period')
      ? [{ name: `${definition.name} by day`, definition, period: 'day' as const }]
      : []),
  ]);
  return asked.flatMap(({ name, definition, period }) =>
    windows.map(({ name: window, from, to }) => ({
      name,
      definition,
      window,
      asked: { from, to, period, top: null, site },
    })),
  );
}
