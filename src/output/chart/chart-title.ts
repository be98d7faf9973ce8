import type { Figure } from '../../reports/charts/figure.ts';
import { reportName, windowOf } from '../report-heading.ts';
import { visibleText } from '../visible-text.ts';

/** What a chart is of, for those who can not see it. */
export function chartTitle(figure: Figure): string {
  return `${whatOf(figure)}: ${placeOf(figure)}`;
}

/** `Usage by user`, `Job sizes by GPUs`. */
export function whatOf(figure: Pick<Figure, 'kind'>): string {
  const name = reportName(figure)
    .replace(/\bqos\b/, 'QoS')
    .replace(/\bgpus\b/, 'GPUs');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Machine and window. */
export function placeOf(figure: Figure): string {
  return `${visibleText(figure.machine)}, ${windowOf(figure)}`;
}
