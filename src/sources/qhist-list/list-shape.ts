import { LABELS, MEMORY_UNITS, TIME_UNITS } from '../qhist-csv/labels.ts';
import { splitLabel } from '../qhist-csv/layout.ts';
import { type RecordColumns, recordColumns } from '../record-reader.ts';
import { Rejection } from '../reject.ts';
import type { QhistListLayout } from './list-layout.ts';

const JOB_ID = 'Job ID';

/** The columns of a list, whatever labels a record has: first the id, which stands above the labels. */
export const LIST_LABELS: readonly string[] = [
  JOB_ID,
  ...[...LABELS].flatMap(([label, { kind }]) =>
    kind === 'job-id' || kind === 'ignored' ? [] : [label],
  ),
];

/** What the labels of a record say, worked out once for all records that have the same ones. */
export interface ListShape {
  /** The same for all shapes but for the scales. */
  readonly columns: RecordColumns;
  /** For each line the place of its column; -1 where nothing of it is kept. */
  readonly places: readonly number[];
}

/**
 * @param labels as they stand in a record, each with its unit if it shows one.
 * @throws Rejection where a label is there twice, is in a unit that is not known, or one is missing that other
 * records have.
 */
export function listShape(labels: readonly string[], layout: QhistListLayout): ListShape {
  const split = labels.map(splitLabel);
  const names = split.map(({ name }) => name);
  checkNames(names, layout);
  const units = new Map(split.map(({ name, unit }) => [name, unit]));
  // The label of CPU Time never shows its unit, which is that of the other durations.
  const timeUnit = split.find(
    ({ name, unit }) => LABELS.get(name)?.kind === 'duration' && unit !== undefined,
  )?.unit;
  const columns = LIST_LABELS.map((label) => {
    const field = LABELS.get(label) ?? { kind: 'ignored' };
    let scale = 1;
    if (field.kind === 'memory') scale = unitScale(label, units.get(label) ?? 'GB', MEMORY_UNITS);
    if (field.kind === 'duration') {
      const unit = units.get(label) ?? timeUnit;
      scale = unit === undefined ? layout.timeUnitSeconds : unitScale(label, unit, TIME_UNITS);
    }
    return { label, field, scale };
  });
  // The short id has the label of the id and adds nothing to it.
  const places = names.map((name) => (name === JOB_ID ? -1 : LIST_LABELS.indexOf(name)));
  return { columns: recordColumns(columns), places };
}

function checkNames(names: readonly string[], layout: QhistListLayout): void {
  const twice = names.find((name, at) => LABELS.has(name) && names.indexOf(name) < at);
  if (twice !== undefined) {
    throw new Rejection('bad-record', `"${twice}" is there twice; two records may have become one`);
  }
  const missing = layout.labels?.find((name) => !names.includes(name));
  if (missing !== undefined) {
    throw new Rejection(
      'bad-record',
      `the record has no "${missing}", as others of this list have; it may have been cut off`,
    );
  }
}

function unitScale(label: string, unit: string, scales: Readonly<Record<string, number>>): number {
  if (Object.hasOwn(scales, unit)) return scales[unit];
  throw new Rejection(
    'bad-record',
    `"${label}" is in the unit "${unit}", which is not known; allowed are ${Object.keys(scales).join(', ')}`,
  );
}
