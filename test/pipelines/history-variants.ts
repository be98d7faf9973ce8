import type { HistoryOptions } from '../../sample-data/history-options.ts';
import { type DayJoint, multiDayJson } from '../../sample-data/multi-day-json.ts';
import { machineProfiles } from '../../sample-data/world/machine-profiles.ts';
import { parseLocalDay } from '../../src/site/local-day.ts';
import type { ReadAs } from '../../src/sources/format-of.ts';
import { exampleHistory, historyText } from '../sample-data/history-of.ts';
import {
  defaultFields,
  fieldNames,
  inMinutes,
  withoutHeader,
  withoutPriority,
  withUnits,
} from './csv-variants.ts';

export const MACHINES = ['derecho', 'casper'] as const;
export type MachineName = (typeof MACHINES)[number];

export const JOBS = 1200;
export const BROKEN = 14;

/** A history of some days in which no hour is repeated. */
export function historyOf(machine: MachineName): HistoryOptions {
  return exampleHistory({
    machine: machineProfiles[machine],
    jobs: JOBS,
    broken: BROKEN,
    firstDay: parseLocalDay('2026-01-28'),
    jobsPerDay: 300,
  });
}

/** One way to write a history, with what the table in the documentation calls it. */
export interface Variant {
  readonly variant: string;
  readonly name: string;
  readonly column: string;
  readonly text: string;
  readonly readAs: ReadAs;
}

/** All that the readers are held to: each form of each format. */
export function variantsOf(machine: MachineName): Variant[] {
  const history = historyOf(machine);
  const csv = historyText('qhist-csv', history);
  const json = historyText('qhist-json', history);
  const csvColumn = machineProfiles[machine].hasPriority ? 'CSV' : 'CSV, no priority';
  const plain = { timeUnit: 'h' } as const;
  const variant = (
    variant: string,
    name: string,
    column: string,
    text: string,
    readAs: ReadAs = plain,
  ): Variant => ({ variant, name, column, text, readAs });
  const joints: DayJoint[] = [
    'one object',
    'object per day',
    'dropped separator',
    'repeated separator',
  ];
  return [
    variant('PBS log', '20260128', 'PBS log', historyText('pbs-log', history)),
    variant('JSON', 'jobs.json', 'JSON', json),
    ...joints.map((joint) =>
      variant(`JSON of days, ${joint}`, 'jobs.json', 'JSON', inDays(json, joint)),
    ),
    variant('CSV', 'jobs.csv', csvColumn, csv),
    variant('CSV with units', 'jobs.csv', csvColumn, withUnits(csv)),
    variant('CSV in minutes', 'jobs.csv', csvColumn, inMinutes(csv), { timeUnit: 'm' }),
    variant('CSV without header', 'jobs.csv', csvColumn, withoutHeader(csv), {
      timeUnit: 'h',
      fields: fieldNames(csv),
    }),
    variant('CSV, no priority', 'jobs.csv', 'CSV, no priority', withoutPriority(csv)),
    variant('CSV, default fields', 'jobs.csv', 'CSV, default fields', defaultFields(csv)),
    variant('list', 'jobs.list', 'List', historyText('qhist-list', history)),
  ];
}

/** The records of an export as those of three days, of which one has none. */
function inDays(json: string, joint: DayJoint): string {
  const begin = json.indexOf('{\n', 2) + 2;
  const records = json.slice(begin, json.lastIndexOf('\n    }\n}')).split(/,\n(?= {8}")/);
  const third = Math.floor(records.length / 3);
  return multiDayJson([records.slice(0, third), [], records.slice(third)], joint, 1_769_880_000);
}
