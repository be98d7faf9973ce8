import type { Period } from './period.ts';

/** What a value of a column is, so that each format can show it as it should. */
export type ColumnKind =
  | 'text'
  | 'date'
  | 'count'
  | 'hours'
  /** Of 1. */
  | 'share'
  | 'seconds'
  | 'bytes'
  | 'number';

export interface ReportColumn {
  readonly key: string;
  readonly label: string;
  readonly kind: ColumnKind;
  readonly unit?: string;
  /** All texts that it can have, in their order, where that is not the alphabet's. */
  readonly order?: readonly string[];
}

export type ReportValue = string | number | null;

/** The answer to a question, free of any format. */
export interface Report {
  readonly kind: string;
  readonly machine: string;
  /** Site-local days, inclusive; null where the ledger is empty and no window was asked for. */
  readonly from: string | null;
  readonly to: string | null;
  /** Into what the window is cut, where it is. */
  readonly period?: Period;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly ReportValue[])[];
  /** What a reader must know to trust the figures. */
  readonly notes: readonly string[];
  /** Of a page, how to ask for those beside it. */
  readonly cursors?: { readonly next?: string; readonly previous?: string };
}
