import { describe, expect, it } from 'vitest';
import type { HistoryOptions } from '../../sample-data/history-options.ts';
import { qhistHeader } from '../../sample-data/qhist-csv.ts';
import { qhistHistory } from '../../sample-data/qhist-history.ts';
import { machineProfiles } from '../../sample-data/world/machine-profiles.ts';
import { parseLocalDay } from '../../src/site/local-day.ts';

const { derecho, casper } = machineProfiles;

describe('qhistHistory', () => {
  it('writes the same bytes for the same seed and others for another', () => {
    expect(history({ jobs: 2000 })).toBe(history({ jobs: 2000 }));
    expect(history({ jobs: 50, seed: 2 })).not.toBe(history({ jobs: 50 }));
    expect(history({ jobs: 50, machine: casper })).not.toBe(history({ jobs: 50 }));
  });

  it('writes the start of a longer history as a shorter one', () => {
    expect(history({ jobs: 3000 }).startsWith(history({ jobs: 1000 }))).toBe(true);
  });

  it.each([derecho, casper])('writes a header and as many jobs as asked on $name', (machine) => {
    const lines = linesOf(history({ machine, jobs: 3000 }));
    expect(lines).toHaveLength(1 + 3000);
    expect(lines[0]).toBe(qhistHeader(machine.hasPriority));
    const columns = lines[0].split(',').length;
    for (const line of lines) expect(line.split(',')).toHaveLength(columns);
  });

  it('writes a header alone where no job is asked for', () => {
    expect(history({ jobs: 0 })).toBe(`${qhistHeader(true)}\n`);
  });

  it('scatters broken lines among the good ones, which stay as many as asked', () => {
    const lines = linesOf(history({ jobs: 1000, broken: 14 }));
    const whole = linesOf(history({ jobs: 1014 }));
    const brokenAt = lines.flatMap((line, index) => (line === whole[index] ? [] : [index]));
    expect(lines).toHaveLength(1 + 1000 + 14);
    expect(brokenAt).toHaveLength(14);
    expect(brokenAt[0]).toBeLessThan(100);
    expect(brokenAt[13]).toBeGreaterThan(900);
  });

  it('gives pieces that end at a line end', () => {
    const pieces = [...qhistHistory(options({ jobs: 3000 }))];
    expect(pieces.length).toBeGreaterThan(2);
    for (const piece of pieces) expect(piece.endsWith('\n')).toBe(true);
  });
});

function history(changes: Partial<HistoryOptions>): string {
  return [...qhistHistory(options(changes))].join('');
}

function options(changes: Partial<HistoryOptions>): HistoryOptions {
  const firstDay = parseLocalDay('2025-01-01');
  return { machine: derecho, jobs: 10, broken: 0, seed: 1, firstDay, jobsPerDay: 5000, ...changes };
}

function linesOf(text: string): string[] {
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1).split('\n');
}
