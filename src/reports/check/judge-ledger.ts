import { utcText } from '../../site/utc-text.ts';
import type { CheckContext } from './check-context.ts';
import type { CheckFacts, OpenRun } from './check-facts.ts';
import { ageText, listText } from './check-text.ts';
import { judgeDays } from './judge-days.ts';
import type { CheckLine, CheckName, Verdict } from './verdict.ts';

/** A run that is at work for longer was killed: loads of decades of history take minutes. */
const LONGEST_RUN_SECONDS = 6 * 3600;
/** Clocks of hosts differ a little; a job that ends an hour from now was read in the wrong zone. */
const CLOCK_TOLERANCE_SECONDS = 3600;
const REJECTS_WARNING = 0.01;
const REJECTS_CRITICAL = 0.2;
/** Fewer are no share to speak of. */
const LEAST_REJECTS = 10;

/** Judges what is known of a ledger: a line for each check. Pure. */
export function judgeLedger(facts: CheckFacts, context: CheckContext): CheckLine[] {
  const { now } = context;
  const [dead, atWork] = partition(
    facts.openRuns,
    ({ status, startedAt }) => status !== 'running' || now - startedAt > LONGEST_RUN_SECONDS,
  );
  return [
    newestJob(facts, context),
    lastIngest(facts, context),
    runs(dead, atWork, now),
    ...judgeDays(facts, context),
    unreadFiles(facts, atWork),
    rejects(facts),
    summary(facts, atWork),
  ];
}

function newestJob({ newestEnd }: CheckFacts, { now, maxAgeSeconds }: CheckContext): CheckLine {
  const check = 'newest-job';
  if (newestEnd === null) {
    return line(check, 'critical', 'the ledger has no jobs', 'Ingest an export of the history');
  }
  const ended = `the newest job ended ${utcText(newestEnd)}`;
  const age = now - newestEnd;
  if (age < -CLOCK_TOLERANCE_SECONDS) {
    return line(
      check,
      'warning',
      `${ended}, which is still to come`,
      'Look whether the exports were read with their own --timezone, and at the clock of this host',
    );
  }
  return line(
    check,
    ageVerdict(age, maxAgeSeconds),
    `${ended}, ${ageText(age)} ago`,
    'Look whether the export runs and has jobs of today, then ingest it',
  );
}

function lastIngest({ lastIngest }: CheckFacts, { now, maxAgeSeconds }: CheckContext): CheckLine {
  const check = 'last-ingest';
  if (lastIngest === null) {
    return line(check, 'critical', 'no ingest was ever completed', 'Run `qledger ingest`');
  }
  const age = now - lastIngest.finishedAt;
  return line(
    check,
    ageVerdict(age, maxAgeSeconds),
    `the last complete ingest, run ${lastIngest.runId}, ended ${utcText(lastIngest.finishedAt)}, ` +
      `${ageText(age)} ago`,
    'Look whether cron still starts `qledger ingest`, and at its mails',
  );
}

function runs(dead: readonly OpenRun[], atWork: readonly OpenRun[], now: number): CheckLine {
  const check = 'runs';
  const last = dead.at(-1);
  if (last === undefined) {
    const working = atWork.map(
      ({ id, command, startedAt }) =>
        `run ${id} (${command}) at work for ${ageText(now - startedAt)}`,
    );
    return line(
      check,
      'ok',
      working.length === 0 ? 'no run failed since the last complete one' : working.join(', '),
      null,
    );
  }
  const what = {
    failed: `failed: ${last.error?.split('\n', 1)[0] ?? 'it left no message'}`,
    interrupted: 'was interrupted',
    running: `has not ended for ${ageText(now - last.startedAt)}, so it was killed`,
  }[last.status];
  const others = dead.length === 1 ? '' : `; ${dead.length - 1} more before it did not end well`;
  return line(
    check,
    'critical',
    `run ${last.id} (${last.command}) of ${utcText(last.startedAt)} ${what}${others}`,
    `Mend the cause and run \`qledger ${last.command}\` again; see \`qledger runs show ${last.id}\``,
  );
}

function unreadFiles({ unreadFiles }: CheckFacts, atWork: readonly OpenRun[]): CheckLine {
  const working = new Set(atWork.map(({ id }) => id));
  const unread = unreadFiles.filter(({ runId }) => !working.has(runId));
  if (unread.length === 0)
    return line('unread-files', 'ok', 'every file was read to its end', null);
  const paths = listText(unread.map(({ path, runId }) => `${path} (run ${runId})`));
  return line(
    'unread-files',
    'warning',
    `${unread.length} ${unread.length === 1 ? 'file was' : 'files were'} not read to the end: ${paths}`,
    'Ingest them again; what is in the ledger already is not added twice',
  );
}

function rejects({ lastReading }: CheckFacts): CheckLine {
  const check = 'rejects';
  if (lastReading === null)
    return line(check, 'ok', 'no ingest of these days has read a line', null);
  const { runId, lines, rejects } = lastReading;
  const share = rejects / lines;
  return line(
    check,
    rejects < LEAST_REJECTS || share <= REJECTS_WARNING
      ? 'ok'
      : share <= REJECTS_CRITICAL
        ? 'warning'
        : 'critical',
    `${rejects} of the ${lines} lines of run ${runId} are rejects (${(100 * share).toFixed(1)} %)`,
    `See \`qledger rejects list --run ${runId}\`: when most have one code, the export has changed`,
  );
}

function summary({ staleDays }: CheckFacts, atWork: readonly OpenRun[]): CheckLine {
  if (staleDays === 0) return line('summary', 'ok', 'every day is summarised', null);
  const days = `${staleDays} ${staleDays === 1 ? 'day has' : 'days have'} jobs that are not summarised`;
  return atWork.length > 0
    ? line('summary', 'ok', `${days} yet, a run is at work`, null)
    : line('summary', 'warning', days, 'Run the last ingest again: it catches up');
}

function ageVerdict(age: number, maxAge: number): Verdict {
  if (age <= maxAge) return 'ok';
  return age <= 2 * maxAge ? 'warning' : 'critical';
}

/** Advice is for those who have something to do. */
function line(
  check: CheckName,
  verdict: Verdict,
  message: string,
  advice: string | null,
): CheckLine {
  return { check, verdict, message, advice: verdict === 'ok' ? null : advice };
}

function partition<Item>(
  items: readonly Item[],
  isFirst: (item: Item) => boolean,
): [Item[], Item[]] {
  const first: Item[] = [];
  const second: Item[] = [];
  for (const item of items) (isFirst(item) ? first : second).push(item);
  return [first, second];
}
