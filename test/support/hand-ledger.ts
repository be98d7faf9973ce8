import type { ReportQuestion } from '../../src/reports/definition.ts';
import { REPORTS } from '../../src/reports/registry.ts';
import type { Report, ReportValue } from '../../src/reports/report.ts';
import { ExampleLedger } from './example-ledger.ts';
import { presetMachine } from './preset-machine.ts';
import { TempFolder } from './temp-folder.ts';
import { type TimedJob, timedRecord } from './timed-record.ts';

const ONE: TimedJob = {
  id: 1,
  user: 'ada',
  account: 'A1',
  queue: 'cpu',
  priority: 'premium',
  nodes: 2,
  cpus: 256,
  gpus: 0,
  ranks: 128,
  threads: 1,
  ended: '2026-01-15T00:00:00-07:00',
  ranHours: 1,
  askedHours: 2,
  cpuHours: 128,
  waitedSeconds: 3600,
  usedGib: 4,
  askedGib: 16,
  status: '0',
};
const FOUR: TimedJob = {
  ...ONE,
  id: 4,
  user: 'dan',
  account: 'C3',
  queue: 'cpudev',
  priority: 'regular',
  nodes: 1,
  cpus: 128,
  ranks: 64,
  threads: 2,
  ended: '2026-01-16T12:00:00-07:00',
  askedHours: 1,
  waitedSeconds: 1800,
  usedGib: 1,
  askedGib: 2,
};

/**
 * Nine jobs of derecho whose reports can be worked out in the head. The first ended in the first second of
 * 2026-01-15, the eighth in the last of 2026-01-16, the ninth in the second after it. 4 and 5 are alike but for whose
 * they are, 6 says nothing, 7 is all zeroes. Charged is 1.5 for premium, 0.7 for economy, 0 in `jhublogin`.
 *
 * | Job | User, account | Queue | Nodes | CPUs | GPUs | Ran | CPU hours | GPU hours | GiB-hours | Charged |
 * | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
 * | 1 | ada, A1 | cpu | 2 | 256 | 0 | 1 h | 256 | 0 | 4 | 384, 0, 6 |
 * | 2 | ada, A1 | gpu | 1 | 64 | 4 | 30 min | 64 | 2 | 4 | 44.8, 1.4, 2.8 |
 * | 3 | bob, A1 | gpudev | 1 | 16 | 2 | 15 min | 4 | 0.5 | 0.5 | the same |
 * | 4 | dan, C3 | cpudev | 1 | 128 | 0 | 1 h | 128 | 0 | 1 | the same |
 * | 5 | cat, B2 | share | 1 | 128 | 0 | 1 h | 128 | 0 | 1 | the same |
 * | 6 | eve, none | cpu | - | - | - | - | 0 | 0 | 0 | 0 |
 * | 7 | ada, A1 | cpu | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
 * | 8 | bob, B2 | jhublogin | 1 | 2 | 0 | 8 h | 1024 | 0 | 128 | 0 |
 * | 9 | fay, A1 | cpu | 1 | 128 | 0 | 1 h | 128 | 0 | 1 | the same |
 */
export const HAND_JOBS: readonly TimedJob[] = [
  ONE,
  {
    ...ONE,
    id: 2,
    queue: 'gpu',
    priority: 'economy',
    nodes: 1,
    cpus: 64,
    gpus: 4,
    ranks: 4,
    threads: 16,
    ended: '2026-01-15T12:00:00-07:00',
    ranHours: 0.5,
    askedHours: 1,
    cpuHours: 16,
    waitedSeconds: 0,
    usedGib: 8,
    askedGib: 8,
  },
  {
    ...ONE,
    id: 3,
    user: 'bob',
    queue: 'gpudev',
    priority: 'regular',
    nodes: 1,
    cpus: 16,
    gpus: 2,
    ranks: 8,
    ended: '2026-01-15T12:00:00-07:00',
    ranHours: 0.25,
    askedHours: 0.5,
    cpuHours: null,
    waitedSeconds: null,
    usedGib: 2,
    askedGib: null,
    status: '1',
  },
  FOUR,
  { ...FOUR, id: 5, user: 'cat', account: 'B2', queue: 'share', priority: 'special' },
  {
    id: 6,
    user: 'eve',
    account: null,
    queue: 'cpu',
    priority: null,
    nodes: null,
    cpus: null,
    gpus: null,
    ranks: null,
    threads: null,
    ended: '2026-01-16T12:00:00-07:00',
    ranHours: null,
    askedHours: null,
    cpuHours: null,
    waitedSeconds: null,
    usedGib: null,
    askedGib: null,
    status: null,
  },
  {
    ...ONE,
    id: 7,
    priority: null,
    nodes: 0,
    cpus: 0,
    gpus: 0,
    ranks: 0,
    threads: 0,
    ended: '2026-01-16T12:00:00-07:00',
    ranHours: 0,
    askedHours: 0,
    cpuHours: 0,
    waitedSeconds: 0,
    usedGib: 0,
    askedGib: 0,
  },
  {
    ...ONE,
    id: 8,
    user: 'bob',
    account: 'B2',
    queue: 'jhublogin',
    nodes: 1,
    cpus: 2,
    ranks: 1,
    threads: 2,
    ended: '2026-01-16T23:59:59-07:00',
    ranHours: 8,
    askedHours: 12,
    cpuHours: 4,
    waitedSeconds: 7200,
    usedGib: 16,
    askedGib: 64,
    status: '271',
  },
  {
    ...FOUR,
    id: 9,
    user: 'fay',
    account: 'A1',
    queue: 'cpu',
    ranks: 128,
    threads: 1,
    ended: '2026-01-17T00:00:00-07:00',
    askedHours: 2,
    cpuHours: 64,
    waitedSeconds: 60,
  },
];

/** Both days of jobs 1 to 8. */
export const BOTH_DAYS: ReportQuestion = {
  from: '2026-01-15',
  to: '2026-01-16',
  period: 'day',
  top: null,
  site: presetMachine('derecho'),
};

/** A ledger of derecho that was made from the log of these jobs. */
export async function handLedger(
  jobs: readonly TimedJob[] = HAND_JOBS,
  name = 'log',
): Promise<ExampleLedger> {
  const ledger = new ExampleLedger(new TempFolder());
  await ledger.add(name, jobs.map(timedRecord).join(''));
  return ledger;
}

/** The answer of a report by its name. */
export function answerOf(
  ledger: ExampleLedger,
  name: string,
  question: Partial<ReportQuestion> = {},
): Report {
  const definition = REPORTS.find((report) => report.name === name);
  if (definition === undefined) throw new Error(`no report ${name}`);
  return ledger.ask((db) => definition.answer(db, { ...BOTH_DAYS, ...question }));
}

/** Rows whose numbers are compared to twelve digits: how sums are rounded is not what they are about. */
export function rounded(rows: readonly (readonly ReportValue[])[]): ReportValue[][] {
  return rows.map((row) =>
    row.map((value) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value)),
  );
}

/** The keys of the columns and the rows of a report, as a table. */
export function tableBy(
  ledger: ExampleLedger,
  name: string,
  question: Partial<ReportQuestion> = {},
): ReportValue[][] {
  const { columns, rows } = answerOf(ledger, name, question);
  return [columns.map(({ key }) => key), ...rounded(rows)];
}
