import { describe, expect, it } from 'vitest';
import { multiDayJson } from '../../sample-data/multi-day-json.ts';
import { qhistJsonJob } from '../../sample-data/qhist-json.ts';

const [one, two, three] = ['1', '2', '3'].map((number) =>
  qhistJsonJob({
    id: `${number}.server`,
    fields: [
      ['time', '"t"'],
      ['type', '"E"'],
    ],
  }),
);
const days = [[one, two], [], [three]];

describe('multiDayJson', () => {
  it('prints one object for all days', () => {
    const { timestamp, Jobs: jobs } = JSON.parse(multiDayJson(days, 'one object', 1234));
    expect(timestamp).toBe(1234);
    expect(Object.keys(jobs)).toEqual(['1.server', '2.server', '3.server']);
  });

  it('prints an object for each day', () => {
    const objects = multiDayJson(days, 'object per day', 5).split(/(?<=^}\n)/m);
    expect(objects.map((text) => Object.keys(JSON.parse(text).Jobs))).toEqual([
      ['1.server', '2.server'],
      [],
      ['3.server'],
    ]);
  });

  it('drops or repeats the comma where a day begins', () => {
    const dropped = multiDayJson([[one], [two]], 'dropped separator', 5);
    expect(dropped).toContain('        }        "2.server": {\n');
    expect(() => JSON.parse(dropped)).toThrow();
    const repeated = multiDayJson([[one], [two]], 'repeated separator', 5);
    expect(repeated).toContain('        },\n,\n        "2.server": {\n');
    expect(() => JSON.parse(repeated)).toThrow();
  });
});
