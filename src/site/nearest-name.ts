/** The known name that a mistyped one was probably meant to be, or undefined if none is near. */
export function nearestName(typed: string, known: readonly string[]): string | undefined {
  // A third of the letters may be wrong: more would guess wildly, less would miss swapped letters.
  let limit = Math.max(1, Math.floor(typed.length / 3)) + 1;
  let nearest: string | undefined;
  for (const name of known) {
    const distance = slipDistance(typed.toLowerCase(), name.toLowerCase());
    if (distance < limit) {
      nearest = name;
      limit = distance;
    }
  }
  return nearest;
}

/** Few people miss the first letter, so of two names that are as near the one that shares it wins. */
function slipDistance(typed: string, name: string): number {
  return editDistance(typed, name) + (typed[0] === name[0] ? 0 : 0.5);
}

/** Levenshtein: how many letters must be inserted, deleted or replaced to turn one text into another. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const replaced = row[j] + (letter === to[j] ? 0 : 1);
      next.push(Math.min(replaced, row[j + 1] + 1, next[j] + 1));
    }
    row = next;
  }
  return row[to.length];
}
