import { describe, expect, it } from 'vitest';
import {
  BANDS_OVER_TIME,
  RANKED_HOURS,
  SHARES_OF_HOURS,
  USAGE_OF_BANDS,
  USAGE_OVER_TIME,
  WAITS_OF_BANDS,
} from '../../../src/reports/charts/chart.ts';
import type { Panel } from '../../../src/reports/charts/figure.ts';
import { figureOf } from '../../../src/reports/charts/figure-of.ts';
import { REPORTS } from '../../../src/reports/registry.ts';
import type { Report, ReportColumn, ReportValue } from '../../../src/reports/report.ts';
import { NO_FACTS } from '../../../src/site/machine-facts.ts';
import { exampleLedger } from '../../support/example-ledger.ts';

const JOBS: ReportColumn = { key: 'jobs', label: 'Jobs', kind: 'count' };
const CPU: ReportColumn = {
  key: 'cpu_hours',
  label: 'CPU hours',
  kind: 'hours',
  unit: 'core-hours',
};
const GPU: ReportColumn = {
  key: 'gpu_hours',
  label: 'GPU hours',
  kind: 'hours',
  unit: 'GPU-hours',
};

function reportOf(
  first: string,
  rows: readonly (readonly ReportValue[])[],
  columns: readonly ReportColumn[] = [JOBS, CPU, GPU],
): Report {
  return {
    kind: 'example',
    machine: 'derecho',
    from: '2026-01-01',
    to: '2026-03-31',
    columns: [
      { key: first, label: first[0].toUpperCase() + first.slice(1), kind: 'text' },
      ...columns,
    ],
    rows,
    notes: [],
  };
}

function onlyPanel<Form extends Panel['form']>(
  panels: readonly Panel[],
  form: Form,
): Extract<Panel, { readonly form: Form }> {
  const [panel] = panels;
  expect(panels).toHaveLength(1);
  if (!isOf(panel, form)) throw new Error(`a panel ${panel.form}, not ${form}`);
  return panel;
}

function isOf<Form extends Panel['form']>(
  panel: Panel,
  form: Form,
): panel is Extract<Panel, { readonly form: Form }> {
  return panel.form === form;
}

describe('bars above bands', () => {
  it('have a panel for each measure that has any values, in the order of the report', () => {
    const report = reportOf('nodes', [
      ['1', 5, 10.5, 0],
      ['2', 0, 0, 0],
      ['not known', 1, 0, 0],
    ]);
    const { panels, message } = figureOf([report], USAGE_OF_BANDS, null);
    expect(message).toBeNull();
    expect(panels).toMatchObject([
      {
        form: 'columns',
        heading: 'Jobs',
        categoryLabel: 'Nodes',
        categories: ['1', '2', 'not known'],
        unknown: 2,
        series: [{ label: 'Jobs', values: [5, 0, 1] }],
      },
      { heading: 'CPU hours', series: [{ label: 'CPU hours', values: [10.5, 0, 0] }] },
    ]);
    expect(panels).toHaveLength(2);
  });

  it('are points on a logarithmic scale for waits', () => {
    const seconds = (key: string): ReportColumn => ({
      key,
      label: key,
      kind: 'seconds',
      unit: 's',
    });
    const report = reportOf(
      'nodes',
      [['1', 5, 60, null]],
      [JOBS, seconds('median_wait'), seconds('p90_wait')],
    );
    const panel = onlyPanel(figureOf([report], WAITS_OF_BANDS, null).panels, 'columns');
    expect(panel).toMatchObject({ heading: 'Waiting time', scale: 'log' });
    expect(panel.series).toEqual([
      { label: 'Median', values: [60] },
      { label: '90th percentile', values: [null] },
    ]);
  });
});

describe('bars over time', () => {
  it('are named by the period', () => {
    const report = reportOf('month', [
      ['2026-01', 1, 1, 1],
      ['2026-02', 2, 2, 2],
    ]);
    const { panels } = figureOf([report], USAGE_OVER_TIME, null);
    expect(panels.map(({ heading }) => heading)).toEqual(['Jobs', 'CPU hours', 'GPU hours']);
    expect(panels[0]).toMatchObject({ categoryLabel: 'Month', isTime: true, unknown: null });
  });
});

describe('bands over time', () => {
  it('are stacked in their order, whichever of them a period has', () => {
    const order = ['0', '1 h', '4 h', '8 h', '> 8 h', 'not known'];
    const BAND: ReportColumn = { key: 'band', label: 'Run time', kind: 'text', order };
    const report = reportOf(
      'month',
      [
        ['2026-01', '> 8 h', 2, 20],
        ['2026-01', '1 h', 1, 10],
        ['2026-01', 'not known', 3, 30],
        ['2026-03', '0', 4, 40],
        ['2026-03', '1 h', 5, 50],
        ['2026-03', '8 h', 6, 60],
        ['2026-03', '> 8 h', 7, 70],
      ],
      [BAND, JOBS, CPU],
    );
    const { panels } = figureOf([report], BANDS_OVER_TIME, null);
    expect(panels.map(({ heading }) => heading)).toEqual(['Jobs', 'CPU hours']);
    expect(panels[0]).toMatchObject({
      categories: ['2026-01', '2026-02', '2026-03'],
      bandLabel: 'Run time',
      unknown: 4,
      series: [
        { label: '0', values: [0, 0, 4] },
        { label: '1 h', values: [1, 0, 5] },
        { label: '8 h', values: [0, 0, 6] },
        { label: '> 8 h', values: [2, 0, 7] },
        { label: 'not known', values: [3, 0, 0] },
      ],
    });
  });
});

describe('parts of a whole', () => {
  const users = Array.from({ length: 20 }, (_, i): ReportValue[] => [
    `u${i}`,
    1,
    20 - i,
    i === 7 ? 3 : 0,
  ]);

  it('are the largest and all others, for each measure by itself', () => {
    const { panels } = figureOf([reportOf('user', users)], SHARES_OF_HOURS, 3);
    const [cpu, gpu] = onlyPanel(panels, 'shares').wholes;
    expect(cpu).toMatchObject({
      total: 210,
      parts: [
        { name: 'u0', value: 20 },
        { name: 'u1', value: 19 },
        { name: 'u2', value: 18 },
      ],
      others: { name: '17 others', value: 153 },
    });
    expect(gpu).toMatchObject({ total: 3, parts: [{ name: 'u7', value: 3 }], others: null });
  });

  it('are as many as can be told apart, and never a single other', () => {
    const whole = (rows: number, top: number | null): { parts: unknown[] } => {
      const { panels } = figureOf([reportOf('user', users.slice(0, rows))], SHARES_OF_HOURS, top);
      const [cpu] = onlyPanel(panels, 'shares').wholes;
      return { parts: [...cpu.parts, ...(cpu.others === null ? [] : ['others'])] };
    };
    expect(whole(20, null).parts).toHaveLength(8 + 1);
    expect(whole(20, 100).parts).toHaveLength(12 + 1);
    expect(whole(9, null).parts).toHaveLength(9);
    expect(whole(9, null).parts).not.toContain('others');
  });
});

describe('a ranking', () => {
  it('is of the largest by its first measure, and says of how many', () => {
    const report = reportOf('queue', [
      ['small', 1, 1, 9],
      ['unknown', 1, null, null],
      ['large', 1, 100, 0],
      ['middle', 1, 50, null],
    ]);
    const panel = onlyPanel(figureOf([report], RANKED_HOURS, 3).panels, 'ranking');
    expect(panel.heading).toBe('The 3 largest of 4 queues by CPU hours');
    expect(panel.names).toEqual(['large', 'middle', 'small']);
    expect(panel.measures.map(({ values }) => values)).toEqual([
      [100, 50, 1],
      [0, null, 9],
    ]);
    expect(onlyPanel(figureOf([report], RANKED_HOURS, null).panels, 'ranking').heading).toBe('');
  });
});

describe('lines over time', () => {
  const LINES = { form: 'lines', name: 'user', measure: 'jobs' } as const;
  const USER: ReportColumn = { key: 'user', label: 'User', kind: 'text' };
  const report = reportOf(
    'month',
    [
      ['2026-01', 'ada', 5],
      ['2026-01', 'bob', 1],
      ['2026-03', 'bob', 9],
      ['2026-03', 'carl', 1],
    ],
    [USER, JOBS],
  );

  it('are of those with most in all periods, over periods without jobs too', () => {
    const panel = onlyPanel(figureOf([report], LINES, 2).panels, 'lines');
    expect(panel).toMatchObject({
      heading: 'Jobs: the 2 largest of 3 users',
      categories: ['2026-01', '2026-02', '2026-03'],
      series: [
        { label: 'bob', values: [1, 0, 9] },
        { label: 'ada', values: [5, 0, 0] },
      ],
    });
  });

  it('are bars where there is one period', () => {
    const one = { ...report, to: '2026-01-31', rows: report.rows.slice(0, 2) };
    const panel = onlyPanel(figureOf([one], LINES, null).panels, 'ranking');
    expect(panel).toMatchObject({ names: ['ada', 'bob'], measures: [{ values: [5, 1] }] });
  });
});

describe('a figure of several machines', () => {
  it('has the panels of one after those of the other, and tells whose are missing', () => {
    const derecho = { ...reportOf('user', [['ada', 1, 2, 3]]), notes: ['Odd.'] };
    const casper = { ...reportOf('user', [['ada', 1, 0, 0]]), machine: 'casper' };
    const { machine, panels, notes } = figureOf([derecho, casper], SHARES_OF_HOURS, null);
    expect(machine).toBe('derecho, casper');
    expect(panels.map(({ heading }) => heading)).toEqual(['derecho']);
    expect(notes).toEqual([
      'derecho: Odd.',
      'casper: There are jobs in this window, but none with CPU hours or GPU hours.',
    ]);
  });
});

describe('a figure without panels', () => {
  it('says that there are no jobs, or what they lack', () => {
    const message = (rows: ReportValue[][]): string | null =>
      figureOf([reportOf('month', rows)], USAGE_OVER_TIME, null).message;
    expect(message([])).toBe('No jobs in this window');
    expect(message([['2026-01', 0, 0, 0]])).toBe('No jobs in this window');
    expect(figureOf([reportOf('user', [['ada', 1, 0, null]])], RANKED_HOURS, null).message).toBe(
      'There are jobs in this window, but none with CPU hours or GPU hours',
    );
  });
});

describe('the chart of each report', () => {
  it('names columns that it has, and draws the example jobs and a window without any', async () => {
    using ledger = await exampleLedger();
    for (const definition of REPORTS) {
      const { name, chart } = definition;
      if (chart === undefined) continue;
      const figure = (from: string, to: string): ReturnType<typeof figureOf> => {
        const question = { from, to, period: 'day', top: null, site: NO_FACTS } as const;
        return figureOf([ledger.ask((db) => definition.answer(db, question))], chart, null);
      };
      const { panels, message } = figure('2026-01-15', '2026-01-16');
      // The example does not say how long jobs were eligible, and has no budgets.
      const isDrawn = !name.startsWith('waits-') && name !== 'allocations';
      expect([name, panels.length > 0, message === null]).toEqual([name, isDrawn, isDrawn]);
      const empty = figure('2030-01-01', '2030-01-02');
      expect(empty.panels).toEqual([]);
      expect(empty.message).toMatch(/^(No jobs|Nothing to show) in this window$/);
    }
  });

  it('is missing of two reports alone', () => {
    const without = REPORTS.filter(({ chart }) => chart === undefined);
    expect(without.map(({ name }) => name)).toEqual(['user-turnover', 'daily-summary']);
  });
});
