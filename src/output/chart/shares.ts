import type { SharesPanel } from '../../reports/charts/figure.ts';
import { heading, shownName } from './axes.ts';
import { FONT_FAMILY, INK, PAGE, SIZE, shadesOf } from './house-style.ts';
import { shortText, withUnit } from './measure-text.ts';
import type { PanelPlace, PlacedPanel } from './placed-panel.ts';

const RING_HEIGHT = 250;
const HEAD_HEIGHT = 30;
const BELOW = 16;
const RADIUS = 88;
const HOLE = 50;
const NAME_COLUMNS = 14;
const TEXT = { color: INK.text, fontSize: SIZE.text, fontFamily: FONT_FAMILY } as const;

/** A ring for each whole, its parts named beside it, its total within. */
export function placeShares(panel: SharesPanel, { top }: PanelPlace): PlacedPanel {
  const { wholes } = panel;
  const hasHeading = panel.heading !== '';
  const ringTop = top + (hasHeading ? HEAD_HEIGHT : 0);
  const width = (PAGE.width - PAGE.left - PAGE.right) / Math.max(2, wholes.length);
  const leftOf = (i: number): number => PAGE.left + i * width;
  const middle = ringTop + HEAD_HEIGHT + RING_HEIGHT / 2;
  return {
    height: ringTop - top + HEAD_HEIGHT + RING_HEIGHT + BELOW,
    grids: [],
    xAxes: [],
    yAxes: [],
    series: wholes.map(({ measure, total, parts, others }, i) => {
      const shades = shadesOf(measure, parts.length);
      const slices = [
        ...parts.map((part, place) => ({ ...part, color: shades[place] })),
        ...(others === null ? [] : [{ ...others, color: INK.aside }]),
      ];
      return {
        type: 'pie',
        name: measure.label,
        radius: [HOLE, RADIUS],
        center: ['50%', '50%'],
        startAngle: 90,
        data: slices.map(({ name, value, color }) => ({
          name: shownName(name, NAME_COLUMNS),
          value,
          itemStyle: { color, borderColor: INK.background, borderWidth: 1.5 },
        })),
        // Names keep within this, however many small parts there are.
        left: leftOf(i),
        width,
        top: middle - RING_HEIGHT / 2,
        height: RING_HEIGHT,
        labelLine: { length: 8, length2: 10, lineStyle: { color: INK.axis } },
        label: {
          ...TEXT,
          overflow: 'none',
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const { name, value } = slices[dataIndex];
            return `${shownName(name, NAME_COLUMNS)}  ${((100 * value) / total).toFixed(1)} %`;
          },
        },
      };
    }),
    titles: [
      ...(hasHeading ? [heading(shownName(panel.heading, 90), PAGE.left, top)] : []),
      ...wholes.map(({ measure }, i) =>
        heading(withUnit(measure.label, measure.unit ?? null), leftOf(i), ringTop),
      ),
      ...wholes.map(({ measure, total }, i) => ({
        text: shortText(total, measure),
        left: leftOf(i) + width / 2,
        top: middle - 9,
        padding: 0,
        textAlign: 'center' as const,
        textStyle: { ...TEXT, fontSize: SIZE.heading + 1, fontWeight: 'bold' as const },
      })),
    ],
    legends: [],
  };
}
