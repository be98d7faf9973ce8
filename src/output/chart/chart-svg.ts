import { BarChart, LineChart, PieChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import type { Figure } from '../../reports/charts/figure.ts';
import { escapedMarkup } from '../escaped-markup.ts';
import { chartOption } from './chart-option.ts';
import { chartTitle } from './chart-title.ts';
import { PAGE } from './house-style.ts';

use([
  BarChart,
  LineChart,
  PieChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  TitleComponent,
  LabelLayout,
  SVGRenderer,
]);

export interface ChartSvgOptions {
  /** Whether the title and the window are drawn too; not where they stand above it already. */
  readonly hasTitle: boolean;
  /** What the ids within begin with: several drawings on one page must not share one. */
  readonly idPrefix: string;
}

/** A figure as SVG: the same figure is always the same text. It needs nothing beside it and runs nothing. */
export function chartSvg(
  figure: Figure,
  { hasTitle, idPrefix }: ChartSvgOptions = { hasTitle: true, idPrefix: 'chart' },
): string {
  const { option, height } = chartOption(figure, hasTitle);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: PAGE.width, height });
  try {
    chart.setOption(option);
    return settled(chart.renderToSVGString(), chartTitle(figure), idPrefix);
  } finally {
    chart.dispose();
  }
}

/**
 * The library counts its drawings in their ids, and leaves marks and styles for a pointer and for its own scripts. In
 * texts there are no quotes and brackets as they are, so none is mistaken for them.
 */
function settled(svg: string, title: string, idPrefix: string): string {
  return svg
    .replaceAll(/(?<=(?:id="|#))zr\d+-/g, `${idPrefix}-`)
    .replaceAll(/ (?:ecmeta_\w+|class|pointer-events|cursor)="[^"]*"/g, '')
    .replaceAll(/<style[^>]*>.*?<\/style>\n?/gs, '')
    .replace('<svg ', () => `<svg role="img" aria-label="${escapedMarkup(title)}" `);
}
