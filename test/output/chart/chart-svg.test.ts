import { describe, expect, it } from 'vitest';
import { chartPng } from '../../../src/output/chart/chart-png.ts';
import { chartSvg } from '../../../src/output/chart/chart-svg.ts';
import type { ColumnsPanel, Figure, Measure, Panel } from '../../../src/reports/charts/figure.ts';

const CPU: Measure = { key: 'cpu_hours', label: 'CPU hours', kind: 'hours', unit: 'core-hours' };
const WAIT: Measure = { key: 'median_wait', label: 'Waiting time', kind: 'seconds', unit: 's' };
const JOBS: Measure = { key: 'jobs', label: 'Jobs', kind: 'count' };
const HOSTILE = `<script>alert("1")</script> & 'x' {b} \u001b[31m \u202e`;

const COLUMNS: ColumnsPanel = {
  form: 'columns',
  heading: 'CPU hours',
  categoryLabel: 'Nodes',
  categories: ['1', '2', '3-4', 'not known'],
  isTime: false,
  measure: CPU,
  scale: 'linear',
  series: [{ label: 'CPU hours', values: [12_345, 0, 1.25e6, 50] }],
  unknown: 3,
};

function figure(...panels: Panel[]): Figure {
  return {
    kind: 'job-sizes-by-nodes',
    machine: 'derecho',
    from: '2026-01-01',
    to: '2026-01-31',
    panels,
    message: null,
    notes: [],
  };
}

/** The texts of a drawing, as they are read. */
function textsIn(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
}

function filledWith(svg: string, colour: string): number {
  return svg.split(`fill="${colour}"`).length - 1;
}

describe('names that look like something else', () => {
  it('are drawn as they are', () => {
    const odd = { ...figure({ ...COLUMNS, categories: ['zr1-abc', "a$'b", '$&', 'a\uFFFFb'] }) };
    const svg = chartSvg({ ...odd, machine: "a$'b $& $<" });
    const texts = textsIn(svg).join(' ');
    expect(texts).toContain('zr1-abc');
    expect(svg).toContain('aria-label="');
    expect(svg.split('<svg ')).toHaveLength(2);
    expect(texts).not.toContain('\uFFFF');
  });
});

describe('a drawing of bars', () => {
  const svg = chartSvg(figure(COLUMNS));

  it('says what it is of, where and when, and names both axes with units', () => {
    const texts = textsIn(svg);
    expect(texts).toEqual(
      expect.arrayContaining([
        'Job sizes by nodes',
        'derecho, 2026-01-01 to 2026-01-31',
        'CPU hours (core-hours)',
        'Nodes',
        ...COLUMNS.categories,
      ]),
    );
    expect(svg).toContain('aria-label="Job sizes by nodes: derecho, 2026-01-01 to 2026-01-31"');
  });

  it('has a bar with its value for each category, what is not known in grey', () => {
    expect(textsIn(svg)).toEqual(expect.arrayContaining(['12.3k', '0', '1.25M', '50.0']));
    expect(filledWith(svg, '#0072b2')).toBe(3);
    expect(filledWith(svg, '#b3b9bf')).toBe(1);
  });

  it('has an axis from 0 with one prefix', () => {
    expect(textsIn(svg)).toEqual(expect.arrayContaining(['0', '0.3M', '1.2M', '1.5M']));
  });

  it('leaves values out where they have no room, and is an area over many periods', () => {
    const over = (count: number): string =>
      chartSvg(
        figure({
          ...COLUMNS,
          isTime: true,
          unknown: null,
          categories: Array.from({ length: count }, (_, i) => `day ${i}`),
          series: [{ label: 'CPU hours', values: Array.from({ length: count }, () => 7) }],
        }),
      );
    expect(textsIn(over(20)).filter((text) => text === '7.0')).toHaveLength(20);
    expect(textsIn(over(100))).not.toContain('7.0');
    expect(filledWith(over(100), '#0072b2')).toBe(100);
    expect(filledWith(over(400), '#0072b2')).toBe(1);
  });
});

describe('a drawing of points', () => {
  it('has a mark and a value for each that is known, on an axis of durations', () => {
    const svg = chartSvg(
      figure({
        ...COLUMNS,
        heading: 'Waiting time',
        measure: WAIT,
        scale: 'log',
        series: [
          { label: 'Median', values: [0, 5, 90, null] },
          { label: '90th percentile', values: [4, 700, 5400, null] },
        ],
      }),
    );
    const texts = textsIn(svg);
    expect(texts).toEqual(
      expect.arrayContaining(['Waiting time (logarithmic)', 'Median', '90th percentile']),
    );
    expect(texts).toEqual(expect.arrayContaining(['0 s', '5 s', '1.5 min', '12 min', '1.5 h']));
    expect(texts).toEqual(
      expect.arrayContaining(['1 s', '10 s', '1 min', '10 min', '1 h', '10 h']),
    );
    // Three of each, and one in the legend.
    expect(filledWith(svg, '#0072b2')).toBe(3 + 1);
    expect(filledWith(svg, '#e69f00')).toBe(3 + 1);
  });
});

describe('a drawing of a ranking', () => {
  it('has a bar and a value for each name and measure', () => {
    const svg = chartSvg(
      figure({
        form: 'ranking',
        heading: '',
        names: ['cpu', 'gpu'],
        measures: [
          { measure: JOBS, values: [1234, 5] },
          { measure: { key: 'cpu_used', label: 'CPU used', kind: 'share' }, values: [0.5, null] },
        ],
      }),
    );
    expect(textsIn(svg)).toEqual(
      expect.arrayContaining(['Jobs', 'CPU used', 'cpu', 'gpu', '1,234', '5', '50 %', '-']),
    );
    expect(filledWith(svg, '#5b6b7a')).toBe(2);
  });
});

describe('a drawing of shares', () => {
  it('has the share of each part, of the others, and the total', () => {
    const svg = chartSvg(
      figure({
        form: 'shares',
        heading: '',
        wholes: [
          {
            measure: CPU,
            total: 200,
            parts: [
              { name: 'ada', value: 100 },
              { name: 'bob', value: 50 },
            ],
            others: { name: '9 others', value: 50 },
          },
        ],
      }),
    );
    expect(textsIn(svg)).toEqual(
      expect.arrayContaining(['ada  50.0 %', 'bob  25.0 %', '9 others  25.0 %', '200']),
    );
    expect(filledWith(svg, '#b3b9bf')).toBe(1);
  });
});

describe('a drawing of stacked bars', () => {
  it('has a part for each band in each period, what is not known in white', () => {
    const svg = chartSvg(
      figure({
        form: 'stack',
        heading: 'CPU hours',
        categoryLabel: 'Month',
        categories: ['2026-01', '2026-02'],
        bandLabel: 'Run time',
        measure: CPU,
        series: [
          { label: '1 h', values: [1, 2] },
          { label: '> 1 h', values: [3, 4] },
          { label: 'not known', values: [5, 6] },
        ],
        unknown: 2,
      }),
    );
    expect(textsIn(svg)).toEqual(
      expect.arrayContaining(['Run time', '1 h', '&gt; 1 h', 'not known', '2026-01', 'Month']),
    );
    // Each has two bars and its mark in the legend.
    expect([filledWith(svg, '#bcd7ee'), filledWith(svg, '#08427a')]).toEqual([3, 3]);
  });
});

describe('a drawing of lines', () => {
  it('tells lines by their names, also where two machines have the same', () => {
    const lines = (...names: string[]): Panel => ({
      form: 'lines',
      heading: 'Jobs',
      categoryLabel: 'Month',
      categories: ['2026-01', '2026-02'],
      measure: JOBS,
      series: names.map((label) => ({ label, values: [1, 2] })),
    });
    const svg = chartSvg(figure(lines('ada', 'bob'), lines('bob', 'carl')));
    const names = textsIn(svg).filter((text) => ['ada', 'bob', 'carl'].includes(text));
    expect(names).toEqual(['ada', 'bob', 'bob', 'carl']);
    expect(svg.match(/fill="none"[^>]* stroke="#0072b2"/g)).toHaveLength(2);
    expect(svg.match(/fill="none"[^>]* stroke="#e69f00"/g)).toHaveLength(2);
  });
});

describe('every drawing', () => {
  it('is the same each time, but for the prefix of its ids', () => {
    const one = figure({ ...COLUMNS, isTime: true });
    expect(chartSvg(one)).toBe(chartSvg(one));
    expect(chartSvg(one, { hasTitle: true, idPrefix: 'other' })).toBe(
      chartSvg(one).replaceAll('chart-', 'other-'),
    );
  });

  it('says so where there is nothing to show, and has its notes', () => {
    const svg = chartSvg({
      ...figure(),
      message: 'No jobs in this window',
      notes: [`${'word '.repeat(60)}end`],
    });
    const texts = textsIn(svg);
    expect(texts).toContain('No jobs in this window');
    expect(texts.filter((text) => text.startsWith('word'))).toHaveLength(2);
  });

  it('shows names as they are, cut where they are long, and acts on none', () => {
    const panels: Panel[] = [
      {
        ...COLUMNS,
        heading: HOSTILE,
        categories: [HOSTILE, 'x'.repeat(300), '日本'.repeat(40), ''],
      },
      {
        form: 'ranking',
        heading: '',
        names: [HOSTILE],
        measures: [{ measure: JOBS, values: [1] }],
      },
      {
        form: 'shares',
        heading: HOSTILE,
        wholes: [{ measure: CPU, total: 1, parts: [{ name: HOSTILE, value: 1 }], others: null }],
      },
      {
        form: 'lines',
        heading: HOSTILE,
        categoryLabel: 'Month',
        categories: ['2026-01', '2026-02'],
        measure: JOBS,
        series: [{ label: HOSTILE, values: [1, 2] }],
      },
    ];
    const svg = chartSvg({ ...figure(...panels), machine: HOSTILE, notes: [HOSTILE] });
    expect(svg).not.toMatch(/<script|[^\P{Cc}\n]|\p{Cf}/u);
    expect(svg).not.toMatch(/\bon\w+=|href|url\((?!#)|https?:(?!\/\/www\.w3\.org\/)/);
    expect(svg).toContain('&lt;script&gt;');
    expect(svg).not.toContain('x'.repeat(30));
    const quotes = [...svg.matchAll(/<(?!\/)[^>]*>/g)].map(([tag]) => tag.split('"').length % 2);
    expect(quotes.every((odd) => odd === 1)).toBe(true);
  });
});

describe('a drawing as PNG', () => {
  it('is twice as large as on a screen', async () => {
    const png = Buffer.from(await chartPng(chartSvg(figure(COLUMNS))));
    expect(png.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n');
    const height = Number(/ height="(\d+)"/.exec(chartSvg(figure(COLUMNS)))?.[1]);
    expect(png.readUInt32BE(16)).toBe(2 * 960);
    expect(png.readUInt32BE(20)).toBe(2 * height);
  });

  it('has text in it whatever fonts the machine has', async () => {
    const text = async (words: string): Promise<Buffer> =>
      Buffer.from(await chartPng(chartSvg({ ...figure(), message: words })));
    const [some, others] = [await text('No jobs in this window'), await text('')];
    expect(some.length).toBeGreaterThan(others.length);
    expect(await text('No jobs in this window')).toEqual(some);
  });
});
