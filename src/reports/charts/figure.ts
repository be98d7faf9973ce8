import type { ColumnKind } from '../report.ts';

/** What is to be drawn: all values chosen, ordered and named, but nothing said of colours or places. */
export interface Figure {
  /** The report that it is of. */
  readonly kind: string;
  readonly machine: string;
  readonly from: string | null;
  readonly to: string | null;
  /** Below each other; none where there is nothing to show. */
  readonly panels: readonly Panel[];
  /** What stands in the place of panels, where there are none. */
  readonly message: string | null;
  readonly notes: readonly string[];
}

export type Panel = ColumnsPanel | StackPanel | RankingPanel | SharesPanel | LinesPanel;

/** What a value is, as the column of the report says. */
export interface Measure {
  readonly key: string;
  readonly label: string;
  readonly kind: ColumnKind;
  readonly unit?: string;
}

export interface Series {
  readonly label: string;
  /** One for each category. */
  readonly values: readonly (number | null)[];
}

/** Bars above categories, or points on a logarithmic scale. */
export interface ColumnsPanel {
  readonly form: 'columns';
  readonly heading: string;
  /** What the categories are: `Nodes`, `Month`. */
  readonly categoryLabel: string;
  readonly categories: readonly string[];
  readonly isTime: boolean;
  readonly measure: Measure;
  readonly scale: 'linear' | 'log';
  readonly series: readonly Series[];
  /** The category of what is not known, which is beside the others and not after them. */
  readonly unknown: number | null;
}

/** Bars over time that are made of those of bands, from the lowest band at the foot to the highest. */
export interface StackPanel {
  readonly form: 'stack';
  readonly heading: string;
  readonly categoryLabel: string;
  readonly categories: readonly string[];
  /** What the bands are of: `Run time`. */
  readonly bandLabel: string;
  readonly measure: Measure;
  readonly series: readonly Series[];
  /** The series of what is not known. */
  readonly unknown: number | null;
}

/** Bars beside names, largest first, for one measure or several beside each other. */
export interface RankingPanel {
  readonly form: 'ranking';
  readonly heading: string;
  readonly names: readonly string[];
  readonly measures: readonly {
    readonly measure: Measure;
    readonly values: readonly (number | null)[];
  }[];
}

/** Parts of wholes, largest first, the wholes beside each other. */
export interface SharesPanel {
  readonly form: 'shares';
  readonly heading: string;
  readonly wholes: readonly Whole[];
}

export interface Whole {
  readonly measure: Measure;
  readonly total: number;
  readonly parts: readonly { readonly name: string; readonly value: number }[];
  /** What is not among the parts; null where that is nothing. */
  readonly others: { readonly name: string; readonly value: number } | null;
}

/** A line for each name, over time. */
export interface LinesPanel {
  readonly form: 'lines';
  readonly heading: string;
  readonly categoryLabel: string;
  readonly categories: readonly string[];
  readonly measure: Measure;
  readonly series: readonly Series[];
}
