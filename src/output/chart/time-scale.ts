/** Where durations are on a logarithmic axis, and the durations that are named there. */
export interface TimeScale {
  /** Of the durations that are named, ascending. */
  readonly places: readonly number[];
  placeOf(seconds: number): number;
  text(place: number): string;
}

/** Steps that people count in; a decimal logarithm would name 17 minutes and 2.8 hours. */
const STEPS: readonly (readonly [number, string])[] = [
  [1, '1 s'],
  [10, '10 s'],
  [60, '1 min'],
  [600, '10 min'],
  [3600, '1 h'],
  [36_000, '10 h'],
  [345_600, '4 d'],
  [3_456_000, '40 d'],
  [31_536_000, '1 year'],
];

/** A scale from a second on, where what is shorter stands too, to the step above the largest value. */
export function timeScale(largest: number): TimeScale {
  const above = STEPS.findIndex(([seconds]) => seconds >= largest);
  const steps = STEPS.slice(0, above < 0 ? STEPS.length : Math.max(above, 1) + 1);
  const names = new Map(steps.map(([seconds, name]) => [placeOf(seconds), name]));
  return {
    places: [...names.keys()],
    placeOf,
    text: (place) => names.get(place) ?? '',
  };
}

function placeOf(seconds: number): number {
  return Math.log10(Math.max(1, seconds));
}
