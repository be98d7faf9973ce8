import type Database from 'better-sqlite3';
import { IDS_PER_OWNER } from '../bulk/job-owners.ts';
import { LOOKUP_TABLES } from '../lookup-tables.ts';
import type { OwnerSum, OwnerSums } from './owner-sums.ts';

/** The sums of hours and of charges, which are hours times the QoS factor, in the order of the summary. */
export const CHARGE_MEASURES = [
  'cpuHours',
  'gpuHours',
  'memoryHours',
  'cpuCharges',
  'gpuCharges',
  'memoryCharges',
] as const;
export type ChargeMeasure = (typeof CHARGE_MEASURES)[number];

export interface Change {
  readonly before: number;
  readonly after: number;
  readonly difference: number;
  /** Of what was before; null where that was 0. */
  readonly percent: number | null;
}

/** What some jobs cost before and after. */
export type ChargeChange = Readonly<Record<ChargeMeasure, Change>> & {
  readonly jobs: number;
  /** Jobs whose charge or QoS is another. */
  readonly changed: number;
};

export type Mover = ChargeChange & { readonly name: string };

export interface ChargeChanges {
  readonly totals: ChargeChange;
  /** Those with jobs that changed, by the difference of their charge: CPU, then GPU, then memory. */
  readonly users: readonly Mover[];
  readonly accounts: readonly Mover[];
  readonly queues: readonly Mover[];
}

/** @param ownerIds IDS_PER_OWNER for each owner's code. */
export function chargeChanges(
  db: Database.Database,
  sums: OwnerSums,
  ownerIds: Int32Array,
): ChargeChanges {
  const owners = Array.from({ length: ownerIds.length / IDS_PER_OWNER }, (_, owner) => owner);
  const [users, accounts, queues] = LOOKUP_TABLES.map(({ table, column }, place) => {
    const name = db
      .prepare<[number], string>(`SELECT ${column} FROM ${table} WHERE id = ?`)
      .pluck();
    const groups = Map.groupBy(owners, (owner) => ownerIds[owner * IDS_PER_OWNER + place]);
    return [...groups]
      .map(([id, ofName]) => ({ name: name.get(id) ?? '', ...changeOf(sums.sumOf(ofName)) }))
      .filter(({ changed }) => changed > 0)
      .sort(byDifference);
  });
  return { totals: changeOf(sums.sumOf(owners)), users, accounts, queues };
}

function changeOf({ jobs, changed, before, after }: OwnerSum): ChargeChange {
  const [cpuHours, gpuHours, memoryHours, cpuCharges, gpuCharges, memoryCharges] = before.map(
    (sum, i) => change(sum, after[i]),
  );
  return {
    jobs,
    changed,
    ...{ cpuHours, gpuHours, memoryHours, cpuCharges, gpuCharges, memoryCharges },
  };
}

function change(before: number, after: number): Change {
  const difference = after - before;
  return { before, after, difference, percent: before === 0 ? null : (100 * difference) / before };
}

function byDifference(a: Mover, b: Mover): number {
  const size = ({ difference }: Change): number => Math.abs(difference);
  return (
    size(b.cpuCharges) - size(a.cpuCharges) ||
    size(b.gpuCharges) - size(a.gpuCharges) ||
    size(b.memoryCharges) - size(a.memoryCharges) ||
    (a.name < b.name ? -1 : 1)
  );
}
