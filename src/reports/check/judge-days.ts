import { formatLocalDay } from '../../site/local-day.ts';
import type { CheckContext } from './check-context.ts';
import type { CheckFacts } from './check-facts.ts';
import { dayListText, listText } from './check-text.ts';
import { missingDays } from './missing-days.ts';
import { type OddDay, oddDays } from './odd-days.ts';
import type { CheckLine } from './verdict.ts';

/** The days of the window that have no jobs, and those with a number of jobs that is not usual. */
export function judgeDays(facts: CheckFacts, context: CheckContext): CheckLine[] {
  return [missing(missingDaysOf(facts, context)), odd(oddDaysOf(facts, context))];
}

/** Gaps only: that nothing new comes is seen by the age of the newest job. */
export function missingDaysOf(
  { days, firstDay, lastDay }: CheckFacts,
  { window }: Pick<CheckContext, 'window'>,
): number[] {
  if (firstDay === null || lastDay === null) return [];
  return missingDays(days, Math.max(window.from, firstDay), Math.min(window.to, lastDay));
}

/** A day that was not over at the last ingest is not judged: it is not all there. */
export function oddDaysOf(
  { days }: CheckFacts,
  { window, completeThrough }: Pick<CheckContext, 'window' | 'completeThrough'>,
): OddDay[] {
  if (completeThrough === null) return [];
  return oddDays(days, window.from, Math.min(window.to, completeThrough));
}

function missing(days: readonly number[]): CheckLine {
  const check = 'missing-days';
  if (days.length === 0) {
    return { check, verdict: 'ok', message: 'no day is without jobs', advice: null };
  }
  return {
    check,
    verdict: 'warning',
    message: `${days.length} ${days.length === 1 ? 'day has' : 'days have'} no job: ${dayListText(days)}`,
    advice: 'Unless the machine was down, export those days again and ingest them',
  };
}

function odd(days: readonly OddDay[]): CheckLine {
  const check = 'odd-days';
  if (days.length === 0) {
    return { check, verdict: 'ok', message: 'every day has a usual number of jobs', advice: null };
  }
  const texts = days.map(
    ({ day, jobs, usual }) => `${formatLocalDay(day)} has ${jobs} jobs, usual are ${usual}`,
  );
  return {
    check,
    verdict: 'warning',
    message: listText(texts),
    advice: 'Unless there is a reason such as a holiday, export those days again and ingest them',
  };
}
