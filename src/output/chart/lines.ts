import type { LinesPanel } from '../../reports/charts/figure.ts';
import { displayWidth } from '../display-width.ts';
import { categoryAxis, heading, legend, shownName, valueAxis } from './axes.ts';
import { MARKS, PAGE, PALETTE, SIZE, textWidth } from './house-style.ts';
import { largestOf } from './largest-of.ts';
import { axisScale, withUnit } from './measure-text.ts';
import type { PanelPlace, PlacedPanel } from './placed-panel.ts';

const PLOT_HEIGHT = 300;
const HEAD_HEIGHT = 36;
const AXIS_WIDTH = 58;
const BELOW = 14;
/** More marks than this on a line hide it. */
const MOST_MARKS = 40;
const NAME_COLUMNS = 18;
const LEGEND_GAP = 28;
const LEGEND_LINE = 22;

/** A line for each name; beside them, the names from the largest to the smallest. */
export function placeLines(panel: LinesPanel, { top, grid }: PanelPlace): PlacedPanel {
  const { categories, measure, series } = panel;
  const values = series.flatMap((one) => one.values.map((value) => value ?? 0));
  const scale = axisScale(measure, largestOf(values));
  const names = series.map(({ label }) => shownName(label, NAME_COLUMNS));
  // A name may be in the panel of another machine too, with another colour.
  const idOf = (i: number): string => `${grid} ${i}`;
  const nameWidth =
    LEGEND_GAP +
    LEGEND_LINE +
    8 +
    Math.max(...names.map((name) => textWidth(displayWidth(name), SIZE.text)));
  const width = PAGE.width - PAGE.left - PAGE.right - AXIS_WIDTH - nameWidth;
  const below = categoryAxis(categories, panel.categoryLabel, width, {
    isTime: true,
    hasGap: false,
  });
  return {
    height: HEAD_HEIGHT + PLOT_HEIGHT + below.height + BELOW,
    grids: [{ left: PAGE.left + AXIS_WIDTH, width, top: top + HEAD_HEIGHT, height: PLOT_HEIGHT }],
    xAxes: [{ ...below.axis, gridIndex: grid }],
    yAxes: [{ ...valueAxis(scale.text), gridIndex: grid }],
    series: series.map(({ values }, i) => ({
      type: 'line',
      name: idOf(i),
      xAxisIndex: grid,
      yAxisIndex: grid,
      data: values.map((value) => (value === null ? null : value / scale.factor)),
      symbol: MARKS[i % MARKS.length],
      symbolSize: 7,
      showSymbol: categories.length <= MOST_MARKS,
      showAllSymbol: true,
      lineStyle: { color: PALETTE[i % PALETTE.length], width: 1.8 },
      itemStyle: { color: PALETTE[i % PALETTE.length] },
    })),
    titles: [heading(withUnit(shownName(panel.heading, 90), scale.unit), PAGE.left, top)],
    legends: [
      {
        ...legend(names.map((_, i) => idOf(i))),
        formatter: (id) => names[Number(id.split(' ')[1])],
        itemWidth: LEGEND_LINE,
        orient: 'vertical',
        left: PAGE.left + AXIS_WIDTH + width + LEGEND_GAP,
        top: top + HEAD_HEIGHT,
      },
    ],
  };
}
