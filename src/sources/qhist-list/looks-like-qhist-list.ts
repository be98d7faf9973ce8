import { LABELS } from '../qhist-csv/labels.ts';
import { splitLabel } from '../qhist-csv/layout.ts';

const FORM = /^\d+(?:\[\d*\])?(?:\.[\w.-]+)?[ \t]*\r?\n +([^=\n]+)=/;

/**
 * Whether a file that begins with this text is what `qhist -l` prints: a job id at the beginning of a line,
 * and below it a label that qhist knows.
 */
export function looksLikeQhistList(head: string): boolean {
  // A byte order mark counts as a blank.
  const found = FORM.exec(head.trimStart());
  return found !== null && LABELS.has(splitLabel(found[1].trimEnd()).name);
}
