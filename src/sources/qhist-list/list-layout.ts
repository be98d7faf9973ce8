/** What the reader must know of one list: plain data, sent along with each chunk. */
export interface QhistListLayout {
  /** Of durations whose label names no unit. */
  readonly timeUnitSeconds: number;
  /**
   * Labels that every record of the list has, without their units: qhist prints them all, with `N/A` for a
   * missing value. A record that lacks one was cut off; where none are given, that can't be told.
   */
  readonly labels?: readonly string[];
}
