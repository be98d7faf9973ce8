import type { RankingPanel } from '../../reports/charts/figure.ts';
import { cutToWidth, displayWidth } from '../display-width.ts';
import { heading, shownName } from './axes.ts';
import { colourOf, FONT_FAMILY, INK, PAGE, SIZE, textWidth } from './house-style.ts';
import { shortText, withUnit } from './measure-text.ts';
import type { PanelPlace, PlacedPanel } from './placed-panel.ts';

const BAR_HEIGHT = 22;
const HEAD_HEIGHT = 30;
const BELOW = 18;
const GAP = 36;
/** What a value beside the longest bar takes. */
const VALUE_WIDTH = 56;
const TEXT = { color: INK.text, fontSize: SIZE.text, fontFamily: FONT_FAMILY } as const;

/** Bars beside names, the measures beside each other; each bar has its value, so there is no axis of values. */
export function placeRanking(panel: RankingPanel, { top, grid }: PanelPlace): PlacedPanel {
  const { names, measures } = panel;
  const labels = names.map((name) => shownName(name));
  const nameWidth =
    12 + Math.max(...labels.map((label) => textWidth(displayWidth(label), SIZE.text)));
  const hasHeading = panel.heading !== '';
  const plotTop = top + HEAD_HEIGHT * (hasHeading ? 2 : 1);
  const height = names.length * BAR_HEIGHT;
  const left = PAGE.left + nameWidth;
  const width = (PAGE.width - left - PAGE.right - GAP * (measures.length - 1)) / measures.length;
  const leftOf = (i: number): number => left + i * (width + GAP);
  return {
    height: plotTop - top + height + BELOW,
    grids: measures.map((_, i) => ({
      left: leftOf(i),
      width: width - VALUE_WIDTH,
      top: plotTop,
      height,
    })),
    xAxes: measures.map(({ measure }, i) => ({
      gridIndex: grid + i,
      type: 'value',
      show: false,
      min: 0,
      // The longest bar ends where the room for values begins; a share is of all.
      max: ({ max }: { max: number }) => (measure.kind === 'share' ? Math.max(1, max) : max),
    })),
    yAxes: measures.map((_, i) => ({
      gridIndex: grid + i,
      type: 'category',
      data: labels,
      inverse: true,
      axisLine: { lineStyle: { color: INK.axis } },
      axisTick: { show: false },
      axisLabel: { ...TEXT, show: i === 0, interval: 0 },
    })),
    series: measures.map(({ measure, values }, i) => ({
      type: 'bar',
      name: measure.label,
      xAxisIndex: grid + i,
      yAxisIndex: grid + i,
      barWidth: '68%',
      // Where there is no bar, there would be no `-` either.
      data: values.map((value) => value ?? 0),
      itemStyle: { color: colourOf(measure) },
      label: {
        ...TEXT,
        show: true,
        position: 'right',
        distance: 5,
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const value = values[dataIndex];
          return value === null ? '-' : shortText(value, measure);
        },
      },
    })),
    titles: [
      ...(hasHeading ? [heading(shownName(panel.heading, 90), PAGE.left, top)] : []),
      ...measures.map(({ measure }, i) =>
        heading(
          cutToWidth(
            withUnit(measure.label, measure.kind === 'seconds' ? null : (measure.unit ?? null)),
            Math.floor((width + GAP / 2) / textWidth(1, SIZE.heading)),
          ),
          leftOf(i),
          plotTop - HEAD_HEIGHT + 4,
        ),
      ),
    ],
    legends: [],
  };
}
