import type { EChartsOption } from 'echarts';
import type { Figure, Panel } from '../../reports/charts/figure.ts';
import { cutToWidth } from '../display-width.ts';
import { visibleText } from '../visible-text.ts';
import { placeOf, whatOf } from './chart-title.ts';
import { placeColumns } from './columns.ts';
import { FONT_FAMILY, INK, PAGE, SIZE } from './house-style.ts';
import { placeLines } from './lines.ts';
import type { PanelPlace, PlacedPanel } from './placed-panel.ts';
import { placeRanking } from './ranking.ts';
import { placeShares } from './shares.ts';
import { placeStack } from './stack.ts';
import { wrappedText } from './wrapped-text.ts';

const TITLE_HEIGHT = 76;
const MESSAGE_HEIGHT = 120;
const NOTE_HEIGHT = 16;
const NOTE_COLUMNS = 160;
const TITLE_COLUMNS = 80;
const PLACE_COLUMNS = 110;

/** What the library is to draw, and how high that is. */
export function chartOption(
  figure: Figure,
  hasTitle: boolean,
): { readonly option: EChartsOption; readonly height: number } {
  const placed: PlacedPanel[] = [];
  let top = hasTitle ? TITLE_HEIGHT : 8;
  let grid = 0;
  for (const panel of figure.panels) {
    const one = placePanel(panel, { top, grid });
    placed.push(one);
    top += one.height;
    grid += one.grids.length;
  }
  const texts = hasTitle ? titleTexts(figure) : [];
  if (figure.message !== null) {
    texts.push(text(figure.message, PAGE.width / 2, top + 30, 'subtitle', 'center'));
    top += MESSAGE_HEIGHT;
  }
  // What stands above the drawing has the notes below it.
  const notes = hasTitle
    ? figure.notes.flatMap((note) => wrappedText(visibleText(note), NOTE_COLUMNS))
    : [];
  texts.push(...notes.map((note, i) => text(note, PAGE.left, top + i * NOTE_HEIGHT, 'text')));
  top += notes.length * NOTE_HEIGHT;
  return {
    height: Math.ceil(top + PAGE.bottom),
    option: {
      animation: false,
      backgroundColor: INK.background,
      textStyle: { fontFamily: FONT_FAMILY, color: INK.text },
      title: [...texts, ...placed.flatMap(({ titles }) => titles)],
      legend: placed.flatMap(({ legends }) => legends),
      grid: placed.flatMap(({ grids }) => grids),
      xAxis: placed.flatMap(({ xAxes }) => xAxes),
      yAxis: placed.flatMap(({ yAxes }) => yAxes),
      series: placed.flatMap(({ series }) => series),
    },
  };
}

function placePanel(panel: Panel, place: PanelPlace): PlacedPanel {
  switch (panel.form) {
    case 'columns':
      return placeColumns(panel, place);
    case 'stack':
      return placeStack(panel, place);
    case 'ranking':
      return placeRanking(panel, place);
    case 'shares':
      return placeShares(panel, place);
    case 'lines':
      return placeLines(panel, place);
  }
}

function titleTexts(figure: Figure): PlacedPanel['titles'][number][] {
  return [
    text(cutToWidth(whatOf(figure), TITLE_COLUMNS), PAGE.left, 16, 'title'),
    text(cutToWidth(placeOf(figure), PLACE_COLUMNS), PAGE.left, 44, 'subtitle'),
  ];
}

function text(
  words: string,
  left: number,
  top: number,
  size: keyof typeof SIZE,
  textAlign: 'left' | 'center' = 'left',
): PlacedPanel['titles'][number] {
  return {
    text: words,
    left,
    top,
    padding: 0,
    textAlign,
    textStyle: {
      color: size === 'title' ? INK.text : INK.faint,
      fontFamily: FONT_FAMILY,
      fontSize: SIZE[size],
      fontWeight: size === 'title' ? 'bold' : 'normal',
    },
  };
}
