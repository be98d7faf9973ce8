import { type CapacityUnit, capacityHours } from '../site/capacity-hours.ts';
import type { MachineFacts, Resource } from '../site/machine-facts.ts';
import type { ZoneClock } from '../site/zone-clock.ts';
import type { DayRange } from './window.ts';

const UNIT: Readonly<Record<Resource, CapacityUnit>> = { cpu: 'cores', gpu: 'gpus' };

/**
 * How much of what a resource had to give on some days was used.
 * @param hours core-hours of CPUs, GPU-hours of GPUs.
 * @returns of 1; null where it is not known of all days what there was.
 */
export function utilisation(
  site: MachineFacts,
  resource: Resource,
  hours: number,
  clock: ZoneClock,
  days: DayRange,
): number | null {
  const { capacity } = site.resources[resource];
  const available = capacityHours(capacity, UNIT[resource], clock, days);
  return available === null || available === 0 ? null : hours / available;
}
