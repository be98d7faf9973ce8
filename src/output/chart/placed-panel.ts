import type { EChartsOption } from 'echarts';
import type {
  BarSeriesOption,
  LineSeriesOption,
  PieSeriesOption,
  ScatterSeriesOption,
} from 'echarts/charts';
import type {
  GridComponentOption,
  LegendComponentOption,
  TitleComponentOption,
} from 'echarts/components';

type Axis<Key extends 'xAxis' | 'yAxis'> = Extract<
  NonNullable<EChartsOption[Key]>,
  readonly unknown[]
>[number];

/** A panel in the terms of the library that draws it, in its place. */
export interface PlacedPanel {
  readonly height: number;
  readonly grids: readonly GridComponentOption[];
  /** One for each grid, as are the other axes; they find each other by their place. */
  readonly xAxes: readonly Axis<'xAxis'>[];
  readonly yAxes: readonly Axis<'yAxis'>[];
  readonly series: readonly (
    | BarSeriesOption
    | LineSeriesOption
    | PieSeriesOption
    | ScatterSeriesOption
  )[];
  readonly titles: readonly TitleComponentOption[];
  readonly legends: readonly LegendComponentOption[];
}

/** Where a panel begins, and the number of its first grid. */
export interface PanelPlace {
  readonly top: number;
  readonly grid: number;
}
