/** ISO 8601, UTC, to the second: `2026-01-15T18:30:00Z`. */
export function utcText(epochSeconds: number): string {
  return `${new Date(Math.floor(epochSeconds) * 1000).toISOString().slice(0, -5)}Z`;
}
