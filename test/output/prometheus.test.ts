import { describe, expect, it } from 'vitest';
import { prometheusText } from '../../src/output/prometheus.ts';

describe('prometheusText', () => {
  it('is HELP and TYPE once for each metric, then its samples', () => {
    const text = prometheusText([
      {
        name: 'qledger_missing_days',
        help: 'Days without jobs.',
        samples: [
          { labels: { machine: 'casper' }, value: 0 },
          { labels: { machine: 'derecho' }, value: 2 },
        ],
      },
      { name: 'qledger_nothing', help: 'Without samples.', samples: [] },
      {
        name: 'qledger_check',
        help: 'A back\\slash and\na line.',
        samples: [{ labels: { machine: 'a"b\\c\nd', check: 'runs' }, value: 1_795_272_861 }],
      },
    ]);
    expect(text).toBe(
      [
        '# HELP qledger_missing_days Days without jobs.',
        '# TYPE qledger_missing_days gauge',
        'qledger_missing_days{machine="casper"} 0',
        'qledger_missing_days{machine="derecho"} 2',
        '# HELP qledger_check A back\\\\slash and\\na line.',
        '# TYPE qledger_check gauge',
        'qledger_check{machine="a\\"b\\\\c\\nd",check="runs"} 1795272861',
        '',
      ].join('\n'),
    );
  });
});
