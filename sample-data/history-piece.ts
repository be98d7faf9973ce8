/** A stretch of a history's text, as it goes to a file. */
export interface HistoryPiece {
  readonly text: string;
  /** The one local day to which all of it belongs, as days since 1970-01-01; NULL where a format has no day files. */
  readonly day: number | null;
}
