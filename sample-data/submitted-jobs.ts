import { ZoneClock } from '../src/site/zone-clock.ts';
import type { ZoneTable } from '../src/site/zone-table.ts';
import { SeededRandom } from './random/seeded-random.ts';
import type { SyntheticJob } from './synthetic-job.ts';
import { JobRunner } from './world/job-runner.ts';
import type { MachineProfile } from './world/machine-profile.ts';
import { makePeople } from './world/people.ts';
import { type Submission, submissions } from './world/submissions.ts';

export interface HistoryRequest {
  readonly machine: MachineProfile;
  readonly zone: ZoneTable;
  readonly seed: number;
  /** The local day on which the first jobs end, as days since 1970-01-01. */
  readonly firstDay: number;
  readonly jobsPerDay: number;
}

const PEOPLE = 300;
/** Jobs that end on the first day were submitted before it; nearly all of them within these two days. */
const LEAD_SECONDS = 2 * 86_400;

/**
 * The jobs of a machine in the order in which they are submitted, without end, from two days before the
 * first day on.
 *
 * Job numbers rise with the time of submission, and no two jobs share an id.
 */
export function* submittedJobs(request: HistoryRequest): Generator<SyntheticJob, never> {
  const { machine, seed, zone } = request;
  const clock = new ZoneClock(zone);
  const runner = new JobRunner(new SeededRandom(`runs ${machine.name} ${seed}`), machine);
  let jobNumber = machine.firstJobNumber;

  const stream = submissions({
    random: new SeededRandom(`submissions ${machine.name} ${seed}`),
    machine,
    // Both machines belong to one site: they have the same people.
    people: makePeople(new SeededRandom(`people ${seed}`), PEOPLE),
    clock,
    jobsPerDay: request.jobsPerDay,
    firstSecond: clock.dayStart(request.firstDay) - LEAD_SECONDS,
  });
  for (;;) {
    const submission = stream.next().value;
    const { habit, person, submits, isArray } = submission;
    const { username } = person;
    const ids = submissionIds(submission, jobNumber);
    jobNumber += isArray ? 1 : ids.length;
    for (const [index, shortId] of ids.entries()) {
      // The members of an array have one name; in a loop each has its own.
      const serial = isArray ? 0 : index;
      yield runner.run({ shortId, serial, username, habit, submit: submits[index] });
    }
  }
}

/** The members of an array share one number. */
function submissionIds({ submits, isArray }: Submission, firstNumber: number): readonly string[] {
  return submits.map((_, index) =>
    isArray ? `${firstNumber}[${index + 1}]` : String(firstNumber + index),
  );
}
