import { describe, expect, it } from 'vitest';
import { capacityHours } from '../../src/site/capacity-hours.ts';
import { parseLocalDay } from '../../src/site/local-day.ts';
import type { Capacity } from '../../src/site/machine-facts.ts';
import { ZoneClock } from '../../src/site/zone-clock.ts';
import { zoneTable } from '../../src/site/zone-table.ts';

const CLOCK = new ZoneClock(zoneTable('America/Denver'));
const TEN_CORES: Capacity = { nodes: null, cores: 10, gpus: null, memoryBytes: null };

function hours(capacity: readonly Capacity[], from: string, to: string) {
  const days = { fromDay: parseLocalDay(from), toDay: parseLocalDay(to) };
  return capacityHours(capacity, 'cores', CLOCK, days);
}

describe('capacityHours', () => {
  it('are cores times the hours of the days, both ends included', () => {
    expect(hours([TEN_CORES], '2026-01-01', '2026-01-02')).toBe(480);
    expect(hours([TEN_CORES], '2026-01-02', '2026-01-01')).toBe(0);
  });

  it('have 23 hours in spring and 25 in autumn on the days of the change of clocks', () => {
    expect(hours([TEN_CORES], '2026-03-08', '2026-03-08')).toBe(230);
    expect(hours([TEN_CORES], '2026-11-01', '2026-11-01')).toBe(250);
  });

  it('change with the machine: the first that holds on a day counts', () => {
    const grown = [
      { ...TEN_CORES, to: '2026-01-02' },
      { ...TEN_CORES, cores: 20, from: '2026-01-02' },
    ];
    expect(hours(grown, '2026-01-01', '2026-01-04')).toBe(2 * 240 + 2 * 480);
  });

  it('are not known where those of one day are not', () => {
    expect(hours([{ ...TEN_CORES, from: '2026-01-02' }], '2026-01-01', '2026-01-02')).toBeNull();
    expect(hours([{ ...TEN_CORES, to: '2026-01-01' }], '2026-01-01', '2026-01-02')).toBeNull();
    expect(hours([{ ...TEN_CORES, cores: null }], '2026-01-01', '2026-01-01')).toBeNull();
    expect(hours([], '2026-01-01', '2026-01-01')).toBeNull();
  });
});
