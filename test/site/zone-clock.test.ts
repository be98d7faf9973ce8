import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { formatLocalDay, parseLocalDay } from '../../src/site/local-day.ts';
import { ZoneClock } from '../../src/site/zone-clock.ts';
import { zoneTable } from '../../src/site/zone-table.ts';

const HOUR = 3600;

/** Zones with a northern, a southern, a half-hour, a two-hour, a midnight, a week's and no summer time. */
const ZONES = [
  'America/Denver',
  'America/Phoenix',
  'America/Sao_Paulo',
  'America/Havana',
  'Europe/Dublin',
  'America/Recife',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Asia/Gaza',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Australia/Sydney',
  'Antarctica/Troll',
  'UTC',
];
const CLOCKS = new Map(ZONES.map((zone) => [zone, new ZoneClock(zoneTable(zone))]));

const anyClock = fc.constantFrom(...CLOCKS.values());
const anyInstant = fc.integer({ min: epoch('1970-06-01T00:00Z'), max: epoch('2099-12-31T00:00Z') });

describe('a day', () => {
  it.each([
    ['America/Denver', '2026-03-07', 24],
    ['America/Denver', '2026-03-08', 23],
    ['America/Denver', '2026-11-01', 25],
    ['America/Phoenix', '2026-03-08', 24],
    ['Australia/Sydney', '2026-10-04', 23],
    ['Australia/Sydney', '2026-04-05', 25],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['America/Sao_Paulo', '2018-11-04', 23],
    ['America/Sao_Paulo', '2018-02-17', 25],
    ['Asia/Beirut', '2026-03-29', 23],
    ['Africa/Casablanca', '2026-02-15', 25],
  ])('in %s on %s has %d hours', (zone, date, hours) => {
    const clock = clockOf(zone);
    const day = parseLocalDay(date);
    expect(clock.dayStart(day + 1) - clock.dayStart(day)).toBe(hours * HOUR);
  });

  it.each([
    ['America/Denver', '2026-07-01', '2026-07-01T06:00Z'],
    ['America/Denver', '2026-01-01', '2026-01-01T07:00Z'],
    ['Asia/Kathmandu', '2026-01-01', '2025-12-31T18:15Z'],
    ['UTC', '2026-01-01', '2026-01-01T00:00Z'],
  ])('in %s on %s begins at %s', (zone, date, instant) => {
    expect(clockOf(zone).dayStart(parseLocalDay(date))).toBe(epoch(instant));
  });

  it.each([
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00Z'],
    ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00Z'],
  ])('in %s on %s begins at 01:00, because midnight is skipped', (zone, date, instant) => {
    const clock = clockOf(zone);
    const start = clock.dayStart(parseLocalDay(date));
    expect(start).toBe(epoch(instant));
    expect(start + clock.offsetAt(start)).toBe(epoch(`${date}T01:00Z`));
  });

  it('begins at the first of two midnights', () => {
    const clock = clockOf('America/Havana');
    const start = clock.dayStart(parseLocalDay('2026-11-01'));
    expect(start).toBe(epoch('2026-11-01T04:00Z'));
    expect(clock.repeatOf(start)).toBe(start + HOUR);
  });

  it('holds its first second and not the one before', () => {
    const anyDay = fc.integer({ min: 1, max: parseLocalDay('2099-12-30') });
    fc.assert(
      fc.property(anyClock, anyDay, (clock, day) => {
        const start = clock.dayStart(day);
        expect(clock.localDay(start)).toBe(day);
        expect(clock.localDay(start - 1)).toBe(day - 1);
      }),
    );
  });
});

describe('a wall-clock time', () => {
  const denver = clockOf('America/Denver');

  it.each([
    ['2026-01-15T12:00Z', '2026-01-15T19:00Z'],
    ['2026-07-15T12:00Z', '2026-07-15T18:00Z'],
    ['2026-03-08T01:59:59Z', '2026-03-08T08:59:59Z'],
    ['2026-03-08T03:00Z', '2026-03-08T09:00Z'],
    ['2026-11-01T00:59:59Z', '2026-11-01T06:59:59Z'],
    ['2026-11-01T02:00Z', '2026-11-01T09:00Z'],
  ])('%s in America/Denver is %s and has no twin', (local, utc) => {
    expect(denver.utcFromLocal(epoch(local))).toBe(epoch(utc));
    expect(denver.repeatOf(epoch(utc))).toBeNaN();
  });

  it.each(['01:00', '01:30', '01:59:59'])('%s happens twice in autumn', (time) => {
    const first = denver.utcFromLocal(epoch(`2026-11-01T${time}Z`));
    expect(first).toBe(epoch(`2026-11-01T${time}-06:00`));
    expect(denver.repeatOf(first)).toBe(first + HOUR);
    expect(denver.repeatOf(first + HOUR)).toBeNaN();
  });

  it.each(['02:00', '02:30', '02:59:59'])('%s does not happen in spring', (time) => {
    expect(denver.utcFromLocal(epoch(`2026-03-08T${time}Z`))).toBeNaN();
  });

  it('means one instant unless it is skipped or repeated', () => {
    const check = (clock: ZoneClock, localSeconds: number) => {
      const first = clock.utcFromLocal(localSeconds);
      const isRepeated = !Number.isNaN(clock.repeatOf(first));
      expect(clock.onlyInstantOf(localSeconds)).toBe(isRepeated ? Number.NaN : first);
    };
    fc.assert(fc.property(anyClock, anyInstant, check), { numRuns: 1000 });
    fc.assert(
      fc.property(instantNearChange(), ({ clock, utcSeconds }) => check(clock, utcSeconds)),
      { numRuns: 1000 },
    );
  });

  it('leads back to its instant, or to the earlier twin that it repeats', () => {
    const check = (clock: ZoneClock, utcSeconds: number) => {
      const first = clock.utcFromLocal(utcSeconds + clock.offsetAt(utcSeconds));
      if (first === utcSeconds) return;
      expect(first).toBeLessThan(utcSeconds);
      expect(clock.repeatOf(first)).toBe(utcSeconds);
    };
    fc.assert(fc.property(anyClock, anyInstant, check));
    fc.assert(
      fc.property(instantNearChange(), ({ clock, utcSeconds }) => check(clock, utcSeconds)),
    );
  });
});

describe('the clock agrees with Temporal', () => {
  it('on the offset, the day and its start at any instant', () => {
    const check = (clock: ZoneClock, utcSeconds: number) => {
      const moment = Temporal.Instant.fromEpochMilliseconds(utcSeconds * 1000).toZonedDateTimeISO(
        clock.zone,
      );
      const day = clock.localDay(utcSeconds);
      expect(clock.offsetAt(utcSeconds)).toBe(moment.offsetNanoseconds / 1e9);
      expect(formatLocalDay(day)).toBe(moment.toPlainDate().toString());
      expect(clock.dayStart(day)).toBe(moment.startOfDay().epochMilliseconds / 1000);
    };
    fc.assert(fc.property(anyClock, anyInstant, check));
    fc.assert(
      fc.property(instantNearChange(), ({ clock, utcSeconds }) => check(clock, utcSeconds)),
    );
  });

  it('on the instant of any wall-clock time, skipped and repeated ones included', () => {
    fc.assert(
      fc.property(instantNearChange(), ({ clock, utcSeconds: localSeconds }) => {
        const wall = new Date(localSeconds * 1000).toISOString().slice(0, 19);
        expect(clock.utcFromLocal(localSeconds)).toBe(temporalInstant(wall, clock.zone));
      }),
      { numRuns: 300 },
    );
  });

  it('in whatever order it is asked', () => {
    fc.assert(
      fc.property(fc.array(anyInstant), (instants) => {
        const asked = new ZoneClock(zoneTable('America/Denver'));
        const fresh = instants.map((instant) => clockOf('America/Denver').offsetAt(instant));
        expect(instants.map((instant) => asked.offsetAt(instant))).toEqual(fresh);
      }),
      { numRuns: 30 },
    );
  });
});

describe('zoneTable', () => {
  // With those that have seconds in an offset, skip a whole day, or change twice within two weeks.
  it.each([...ZONES, 'Africa/Monrovia', 'Pacific/Apia', 'America/Argentina/Tucuman'])(
    'has the same changes of %s as Temporal',
    (zone) => {
      const { starts, offsets } = zoneTable(zone);
      const changes = changesByTemporal(zone);
      expect([...starts].slice(1)).toEqual(changes.map(({ start }) => start));
      expect([...offsets].slice(1)).toEqual(changes.map(({ offset }) => offset));
    },
  );

  it('survives the way to a worker', () => {
    const table = zoneTable('America/Denver');
    const clock = new ZoneClock(structuredClone(table));
    expect(clock.offsetAt(epoch('2026-07-01T00:00Z'))).toBe(-6 * HOUR);
  });

  it('refuses an unknown zone', () => {
    expect(() => zoneTable('America/Devner')).toThrow(RangeError);
  });
});

function changesByTemporal(zone: string): { start: number; offset: number }[] {
  const first = Temporal.ZonedDateTime.from({ timeZone: zone, year: 1970, month: 1, day: 1 });
  const changes = [];
  for (
    let change = first.getTimeZoneTransition('next');
    change !== null && change.year <= 2100;
    change = change.getTimeZoneTransition('next')
  ) {
    const start = change.epochMilliseconds / 1000;
    changes.push({ start, offset: change.offsetNanoseconds / 1e9 });
  }
  return changes;
}

/** An instant within a day of a change of offset, where the mistakes are. */
function instantNearChange() {
  return fc
    .tuple(anyClock, anyInstant, fc.integer({ min: -86_400, max: 86_400 }))
    .map(([clock, around, distance]) => {
      const moment = Temporal.Instant.fromEpochMilliseconds(around * 1000);
      const change = moment.toZonedDateTimeISO(clock.zone).getTimeZoneTransition('previous');
      // The clock knows no change before 1970, and the instants stay a day clear of that.
      const near = change !== null && change.year > 1970 ? change : moment;
      const utcSeconds = near.epochMilliseconds / 1000 + distance;
      return { clock, utcSeconds };
    });
}

/** The earlier instant of a wall-clock time, or NaN where it is skipped. */
function temporalInstant(wall: string, zone: string): number {
  const plain = Temporal.PlainDateTime.from(wall);
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  return earlier.toPlainDateTime().equals(plain) ? earlier.epochMilliseconds / 1000 : Number.NaN;
}

function clockOf(zone: string): ZoneClock {
  return CLOCKS.get(zone) ?? new ZoneClock(zoneTable(zone));
}

function epoch(text: string): number {
  return Date.parse(text) / 1000;
}
