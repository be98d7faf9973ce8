const FORM = /^\{[\s{},]*"(?:timestamp|Jobs|\d+(?:\[\d*\])?(?:\.[\w.-]+)?)"\s*:/;

/**
 * Whether a file that begins with this text is what `qhist -J` prints: an object whose first key is
 * `timestamp`, `Jobs` or a job id.
 */
export function looksLikeQhistJson(head: string): boolean {
  // A byte order mark counts as a blank.
  return FORM.test(head.trimStart());
}
