import type { ColumnsPanel } from '../../reports/charts/figure.ts';
import { categoryAxis, heading, legend, shownName, valueAxis } from './axes.ts';
import { colourOf, FONT_FAMILY, INK, MARKS, PAGE, PALETTE, SIZE } from './house-style.ts';
import { largestOf } from './largest-of.ts';
import { type AxisScale, axisScale, shortText, withUnit } from './measure-text.ts';
import type { PanelPlace, PlacedPanel } from './placed-panel.ts';
import { timeScale } from './time-scale.ts';

const PLOT_HEIGHT = 190;
const HEAD_HEIGHT = 44;
const AXIS_WIDTH = 58;
const BELOW = 14;
/** More bars than this have no room for their values. */
const MOST_LABELS = 26;
/** More bars than this are an area. */
const MOST_BARS = 200;

/** A value is read over a rule, too. */
const VALUE = {
  color: INK.text,
  fontSize: SIZE.text - 1,
  fontFamily: FONT_FAMILY,
  textBorderColor: INK.background,
  textBorderWidth: 3,
} as const;

/** Bars above categories; an area over many periods; points where the scale is logarithmic. */
export function placeColumns(panel: ColumnsPanel, { top, grid }: PanelPlace): PlacedPanel {
  const { categories, isTime, measure, series } = panel;
  const largest = largestOf(series.flatMap(({ values }) => values));
  const isLog = panel.scale === 'log';
  const isArea = isTime && categories.length > MOST_BARS;
  const scale = axisScale(measure, largest);
  const width = PAGE.width - PAGE.left - PAGE.right - AXIS_WIDTH;
  const below = categoryAxis(categories, panel.categoryLabel, width, { isTime, hasGap: !isArea });
  const unit = isLog ? 'logarithmic' : scale.unit;
  const ticks = timeScale(largest);
  return {
    height: HEAD_HEIGHT + PLOT_HEIGHT + below.height + BELOW,
    grids: [{ left: PAGE.left + AXIS_WIDTH, width, top: top + HEAD_HEIGHT, height: PLOT_HEIGHT }],
    xAxes: [{ ...below.axis, gridIndex: grid }],
    yAxes: [
      {
        ...(isLog ? valueAxis(ticks.text, ticks.places) : valueAxis(scale.text)),
        gridIndex: grid,
      },
    ],
    series: isLog ? points(panel, grid, ticks.placeOf) : [bars(panel, grid, scale, isArea)].flat(),
    titles: [heading(withUnit(shownName(panel.heading, 90), unit), PAGE.left, top)],
    legends:
      series.length < 2
        ? []
        : [{ ...legend(series.map(({ label }) => label)), right: PAGE.right, top }],
  };
}

function bars(
  { categories, measure, series, unknown }: ColumnsPanel,
  grid: number,
  scale: AxisScale,
  isArea: boolean,
): PlacedPanel['series'] {
  const colours = series.length === 1 ? [colourOf(measure)] : PALETTE;
  const place = { xAxisIndex: grid, yAxisIndex: grid };
  return series.map(({ label, values }, i) => {
    const color = colours[i % colours.length];
    if (isArea) {
      return {
        ...place,
        type: 'line' as const,
        name: label,
        data: values.map((value) => (value === null ? null : value / scale.factor)),
        showSymbol: false,
        lineStyle: { color, width: 1 },
        areaStyle: { color, opacity: 0.35 },
      };
    }
    return {
      ...place,
      type: 'bar' as const,
      name: label,
      data: values.map((value, place) => ({
        value: value === null ? null : value / scale.factor,
        itemStyle: { color: place === unknown ? INK.aside : color },
      })),
      barCategoryGap: categories.length > 60 ? '10%' : '25%',
      barMaxWidth: 64,
      label: {
        ...VALUE,
        show: categories.length * series.length <= MOST_LABELS,
        position: 'top' as const,
        distance: 3,
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const value = values[dataIndex];
          return value === null ? '' : shortText(value, measure);
        },
      },
    };
  });
}

/** A point for each value, its value beside it: above where it is the last of its category, else below. */
function points(
  { categories, measure, series }: ColumnsPanel,
  grid: number,
  placeOf: (value: number) => number,
): PlacedPanel['series'] {
  return series.map(({ label, values }, i) => ({
    type: 'scatter' as const,
    name: label,
    xAxisIndex: grid,
    yAxisIndex: grid,
    symbol: MARKS[i % MARKS.length],
    symbolSize: 9,
    itemStyle: { color: PALETTE[i % PALETTE.length], opacity: 1 },
    data: values.map((value) => (value === null ? null : placeOf(value))),
    label: {
      ...VALUE,
      show: categories.length <= MOST_LABELS,
      position: i === series.length - 1 ? ('top' as const) : ('bottom' as const),
      distance: 4,
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const value = values[dataIndex];
        return value === null ? '' : shortText(value, measure);
      },
    },
  }));
}
