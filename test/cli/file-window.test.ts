import { describe, expect, it } from 'vitest';
import { fileWindow } from '../../src/cli/file-window.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { formatLocalDay } from '../../src/site/local-day.ts';
import { presetMachine } from '../support/preset-machine.ts';

/** Still the 31st in Denver, where it is half past eleven at night. */
const NOW = Date.parse('2026-02-01T06:30:00Z') / 1000;
const DAY = 86_400;

describe('the days whose files are wanted', () => {
  it('are all where none are named', () => {
    expect(windowOf({})).toBeNull();
  });

  it.each([
    ['--today', { today: true }, '2026-01-31', '2026-01-31'],
    ['--last 1d', { last: DAY }, '2026-01-31', '2026-01-31'],
    ['--last 3d', { last: 3 * DAY }, '2026-01-29', '2026-01-31'],
    ['--last 26h', { last: 26 * 3600 }, '2026-01-30', '2026-01-31'],
    ['--from alone', { from: '2026-01-15' }, '2026-01-15', '2026-01-31'],
    ['--from and --to', { from: '2026-01-15', to: '2026-01-16' }, '2026-01-15', '2026-01-16'],
    ['one day', { from: '2026-01-15', to: '2026-01-15' }, '2026-01-15', '2026-01-15'],
    ['days to come', { from: '2026-01-31', to: '2026-03-01' }, '2026-01-31', '2026-03-01'],
  ] as const)('with %s count in the zone of the machine', (_options, options, from, to) => {
    expect(windowOf(options)).toEqual([from, to, '2026-01-31']);
  });

  it.each([
    ['--to alone', { to: '2026-01-15' }, /--to needs --from/],
    [
      'a reversed period',
      { from: '2026-01-16', to: '2026-01-15' },
      /is later than --to 2026-01-15/,
    ],
    ['a day to come', { from: '2026-02-02' }, /--from 2026-02-02 is later than --to today/],
    ['no day at all', { last: 0 }, /--last/],
  ] as const)('can not be %s', (_what, options, message) => {
    expect(() => windowOf(options)).toThrow(UsageError);
    expect(() => windowOf(options)).toThrow(message);
  });
});

function windowOf(options: Parameters<typeof fileWindow>[0]): string[] | null {
  const window = fileWindow(options, presetMachine('derecho'), NOW);
  return window && [window.fromDay, window.toDay, window.today].map(formatLocalDay);
}
