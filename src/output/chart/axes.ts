import { cutToWidth, displayWidth } from '../display-width.ts';
import { visibleText } from '../visible-text.ts';
import { FONT_FAMILY, INK, SIZE, textWidth } from './house-style.ts';
import { largestOf } from './largest-of.ts';
import type { PlacedPanel } from './placed-panel.ts';

const LABEL = { color: INK.text, fontSize: SIZE.text, fontFamily: FONT_FAMILY } as const;
const NAME_COLUMNS = 26;
const TURNED = 40;

/** A name as a chart has room for it. */
export function shownName(name: string, columns: number = NAME_COLUMNS): string {
  return cutToWidth(visibleText(name), columns);
}

/** A title in the upper left corner of what it is of. */
export function heading(text: string, left: number, top: number): PlacedPanel['titles'][number] {
  return {
    text,
    left,
    top,
    padding: 0,
    textStyle: { ...LABEL, fontSize: SIZE.heading, fontWeight: 'bold' },
  };
}

/** What marks and colours stand for. */
export function legend(names: readonly string[]): PlacedPanel['legends'][number] {
  return {
    data: [...names],
    padding: 0,
    itemGap: 14,
    itemHeight: 9,
    itemWidth: 9,
    textStyle: { ...LABEL },
  };
}

/** An axis of categories below columns, and the room that it takes. */
export function categoryAxis(
  categories: readonly string[],
  name: string,
  width: number,
  { isTime, hasGap }: { readonly isTime: boolean; readonly hasGap: boolean },
): { readonly axis: Record<string, unknown>; readonly height: number } {
  const labels = categories.map((category) => shownName(category));
  const widest = largestOf(labels.map((label) => textWidth(displayWidth(label), SIZE.text)));
  // Days and months may be left out between others, bands not.
  const isTurned = !isTime && widest + 6 > width / Math.max(1, categories.length);
  const height = isTurned ? 12 + Math.ceil(widest * Math.sin((TURNED * Math.PI) / 180)) : 22;
  return {
    height: height + 26,
    axis: {
      type: 'category',
      data: labels,
      boundaryGap: hasGap,
      name,
      nameLocation: 'middle',
      nameGap: height + 6,
      nameTextStyle: { ...LABEL, color: INK.faint },
      axisLine: { lineStyle: { color: INK.axis } },
      axisTick: { show: !hasGap, lineStyle: { color: INK.axis } },
      axisLabel: {
        ...LABEL,
        ...(isTime ? { hideOverlap: true } : { interval: 0, rotate: isTurned ? TURNED : 0 }),
      },
    },
  };
}

/** An axis of values with a thin rule at each, from 0 on. */
export function valueAxis(text: (value: number) => string, ticks?: readonly number[]): object {
  const custom = ticks === undefined ? {} : { customValues: [...ticks] };
  return {
    type: 'value',
    splitNumber: 4,
    ...(ticks === undefined ? { min: 0 } : { min: ticks[0], max: ticks[ticks.length - 1] }),
    axisLine: { show: false },
    axisTick: { show: false, ...custom },
    splitLine: { lineStyle: { color: INK.rule, width: 1 } },
    axisLabel: { ...LABEL, ...custom, formatter: text },
  };
}
