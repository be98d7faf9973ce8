import { JOB_SEPARATOR, QHIST_JSON_TAIL, qhistJsonHead } from './qhist-json.ts';

/**
 * How `qhist -J` joins the days of a longer period, which depends on its version:
 * - `one object`: all jobs in one object, which is right;
 * - `object per day`: a whole object for every day, one after the other;
 * - `dropped separator`: one object, without the comma between the last job of a day and the first of the
 *   next, not even a line end;
 * - `repeated separator`: one object, with the comma also where a day begins or has no jobs.
 */
export type DayJoint = 'one object' | 'object per day' | 'dropped separator' | 'repeated separator';

/**
 * A multi-day export, for tests of readers.
 * @param days the jobs of each day as `qhistJsonJob` prints them.
 * @param timestamp epoch seconds.
 */
export function multiDayJson(
  days: readonly (readonly string[])[],
  joint: DayJoint,
  timestamp: number,
): string {
  const head = qhistJsonHead(timestamp);
  if (joint === 'object per day') {
    return days.map((jobs) => head + jobs.join(JOB_SEPARATOR) + QHIST_JSON_TAIL).join('');
  }
  if (joint === 'one object') return head + days.flat().join(JOB_SEPARATOR) + QHIST_JSON_TAIL;
  const texts = days.map((jobs) => jobs.join(JOB_SEPARATOR));
  const between = joint === 'dropped separator' ? '' : `${JOB_SEPARATOR}${JOB_SEPARATOR}`;
  return head + texts.join(between) + QHIST_JSON_TAIL;
}
