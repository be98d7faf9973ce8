import { describe, expect, it } from 'vitest';
import { pbsLogHistory } from '../../sample-data/pbs-log-history.ts';
import { machineProfiles } from '../../sample-data/world/machine-profiles.ts';
import { formatLocalDay } from '../../src/site/local-day.ts';
import { exampleHistory, historyText } from './history-of.ts';

describe.each(Object.values(machineProfiles))('pbsLogHistory of $name', (machine) => {
  const options = exampleHistory({ machine, broken: 0, jobs: 4000 });
  const pieces = [...pbsLogHistory(options)];
  const lines = pieces.flatMap(({ text }) => text.trimEnd().split('\n'));
  const ofType = (type: string) => lines.filter((line) => typeOf(line) === type);

  it('has as many ends as jobs, and more than twice as many other records', () => {
    const ends = ofType('E').length;
    expect(ends).toBe(4000);
    expect(lines.length / ends).toBeGreaterThan(3);
    expect(lines.length / ends).toBeLessThan(4.5);
    const types = new Set(lines.map(typeOf));
    expect([...types].filter((type) => !/^[QSEDRaL]$/.test(type))).toEqual([]);
    for (const type of ['Q', 'S', 'D', 'a']) expect(types).toContain(type);
  });

  it('comes in the order of time, but for the hour that the clock repeats', () => {
    const stamps = lines.map((line) => line.slice(0, 19));
    const backwards = stamps.filter((stamp, index) => index > 0 && stamp < stamps[index - 1]);
    expect(backwards).toHaveLength(1);
    expect(backwards[0]).toMatch(/^11\/02\/2025 01:/);
  });

  it('keeps the days apart', () => {
    for (const { text, day } of pieces) {
      const [year, month, date] = formatLocalDay(day ?? 0).split('-');
      const stamps = new Set(
        text
          .trimEnd()
          .split('\n')
          .map((line) => line.slice(0, 10)),
      );
      expect(stamps).toEqual(new Set([`${month}/${date}/${year}`]));
    }
    const days = pieces.map(({ day }) => day ?? 0);
    expect(new Set(days).size).toBeGreaterThan(4);
    expect(days).toEqual(days.toSorted((one, other) => one - other));
    expect(ofType('L')).toHaveLength(new Set(days).size);
  });

  it('tells of a job in the order in which it went through', () => {
    const byId = Map.groupBy(
      lines.filter((line) => 'QSE'.includes(typeOf(line))),
      (line) => line.split(';')[2],
    );
    const courses = [...byId.values()].map((records) => records.map(typeOf).join(''));
    expect(courses.filter((course) => !/^Q{0,2}(SR?)*E?$/.test(course))).toEqual([]);
    expect(courses.filter((course) => course === 'QQSE').length).toBeGreaterThan(1000);
  });
});

describe('pbsLogHistory', () => {
  it('tells of runs that were broken off, which end no job', () => {
    const text = historyText('pbs-log', exampleHistory({ jobs: 8000, jobsPerDay: 5000 }));
    expect(text).toMatch(/;R;.* Exit_status=-11 .* run_count=1\n/);
  });

  it('is empty without jobs', () => {
    expect([...pbsLogHistory(exampleHistory({ jobs: 0, broken: 0 }))]).toEqual([]);
  });
});

function typeOf(line: string): string {
  return line.split(';', 2)[1];
}
