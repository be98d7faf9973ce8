const RECORD_FORM = /^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d;[A-Za-z];[^;\r\n]*;/;

/**
 * Whether a file that begins with this text is a PBS accounting log: its first line that is not blank begins
 * with `MM/DD/YYYY HH:MM:SS;TYPE;JOBID;`.
 */
export function looksLikePbsLog(head: string): boolean {
  return RECORD_FORM.test(head.trimStart());
}
