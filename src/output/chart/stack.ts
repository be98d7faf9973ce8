import type { StackPanel } from '../../reports/charts/figure.ts';
import { displayWidth } from '../display-width.ts';
import { categoryAxis, heading, legend, shownName, valueAxis } from './axes.ts';
import { INK, PAGE, SIZE, shadesOf, textWidth } from './house-style.ts';
import { largestOf } from './largest-of.ts';
import { axisScale, withUnit } from './measure-text.ts';
import type { PanelPlace, PlacedPanel } from './placed-panel.ts';

const PLOT_HEIGHT = 260;
const HEAD_HEIGHT = 36;
const AXIS_WIDTH = 58;
const BELOW = 14;
const LEGEND_GAP = 28;
const LEGEND_MARK = 9;
const NAME_COLUMNS = 18;

/** Bars over time, made of one for each band: the higher the band, the darker. */
export function placeStack(panel: StackPanel, { top, grid }: PanelPlace): PlacedPanel {
  const { categories, measure, series } = panel;
  const sums = categories.map((_, i) =>
    series.reduce((sum, { values }) => sum + (values[i] ?? 0), 0),
  );
  const scale = axisScale(measure, largestOf(sums));
  const names = series.map(({ label }) => shownName(label, NAME_COLUMNS));
  // The panels of a chart may have other bands, or other colours of them.
  const ids = names.map((_, i) => `${grid} ${i}`);
  const nameWidth = Math.max(
    ...[...names, panel.bandLabel].map((name) => textWidth(displayWidth(name), SIZE.text)),
  );
  const width =
    PAGE.width - PAGE.left - PAGE.right - AXIS_WIDTH - LEGEND_GAP - LEGEND_MARK - 8 - nameWidth;
  const below = categoryAxis(categories, panel.categoryLabel, width, {
    isTime: true,
    hasGap: true,
  });
  const shades = shadesOf(measure, series.length - (panel.unknown === null ? 0 : 1)).reverse();
  return {
    height: HEAD_HEIGHT + PLOT_HEIGHT + below.height + BELOW,
    grids: [{ left: PAGE.left + AXIS_WIDTH, width, top: top + HEAD_HEIGHT, height: PLOT_HEIGHT }],
    xAxes: [{ ...below.axis, gridIndex: grid }],
    yAxes: [{ ...valueAxis(scale.text), gridIndex: grid }],
    series: series.map(({ values }, i) => ({
      type: 'bar',
      name: ids[i],
      stack: String(grid),
      xAxisIndex: grid,
      yAxisIndex: grid,
      barMaxWidth: 64,
      barCategoryGap: categories.length > 60 ? '10%' : '25%',
      itemStyle: {
        color: i === panel.unknown ? INK.background : shades[i],
        borderColor: INK.axis,
        borderWidth: i === panel.unknown ? 0.5 : 0,
      },
      data: values.map((value) => (value ?? 0) / scale.factor),
    })),
    titles: [
      heading(withUnit(shownName(panel.heading, 90), scale.unit), PAGE.left, top),
      {
        ...heading(panel.bandLabel, PAGE.left + AXIS_WIDTH + width + LEGEND_GAP, top + 3),
        textStyle: { color: INK.faint, fontSize: SIZE.text, fontWeight: 'normal' },
      },
    ],
    legends: [
      {
        ...legend([...ids].reverse()),
        itemGap: 8,
        formatter: (id) => names[ids.indexOf(id)],
        orient: 'vertical',
        left: PAGE.left + AXIS_WIDTH + width + LEGEND_GAP,
        top: top + HEAD_HEIGHT - 8,
      },
    ],
  };
}
