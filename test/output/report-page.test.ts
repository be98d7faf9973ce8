import { describe, expect, it } from 'vitest';
import { chartSvg } from '../../src/output/chart/chart-svg.ts';
import { type ReportPage, reportPagePieces } from '../../src/output/report-page.ts';
import { GOLDEN_REPORT } from './golden-report.ts';

const HOSTILE = `<script>alert("1")</script> & 'x' \u001b[31m`;
const HEADLINE: ReportPage['headline'] = {
  columns: [
    { key: 'machine', label: 'Machine', kind: 'text' },
    { key: 'jobs', label: 'Jobs', kind: 'count' },
    { key: 'cpu_hours', label: 'CPU hours', kind: 'hours', unit: 'core-hours' },
  ],
  rows: [['derecho', 1234, 5678.9]],
};

function page(changes: Partial<ReportPage> = {}): string {
  const sections = ['usage-by-user', 'usage-by-queue'].map((id) => ({
    id,
    title: `About ${id}`,
    description: 'What it tells',
    chart: chartSvg(
      { ...GOLDEN_REPORT, panels: [], message: 'No jobs in this window' },
      { hasTitle: false, idPrefix: id },
    ),
    table: GOLDEN_REPORT,
    notes: ['The first 8 of 10 rows.'],
  }));
  const { machine, from, to } = GOLDEN_REPORT;
  const whole = { machine, from, to, headline: HEADLINE, sections, notes: ['Of all.'], ...changes };
  return [...reportPagePieces(whole)].join('');
}

describe('a page of reports', () => {
  it('begins with what it is of, the headline figures and a link to each section', () => {
    const html = page();
    expect(html).toContain('<h1>Usage of derecho, 2026-01-01 to 2026-01-31</h1>');
    expect(html).toContain('<dt>Jobs</dt><dd>1,234</dd>');
    expect(html).toContain('<dt>CPU hours</dt><dd>5,679</dd>');
    const links = [...html.matchAll(/<li><a href="#([^"]+)">([^<]+)<\/a>/g)];
    expect(links.map(([, id, title]) => [id, title])).toEqual([
      ['usage-by-user', 'About usage-by-user'],
      ['usage-by-queue', 'About usage-by-queue'],
    ]);
    for (const [, id] of links) expect(html).toContain(`<section id="${id}">`);
  });

  it('has a chart, a table and notes in each section', () => {
    const [, ...sections] = page().split('<section ');
    expect(sections).toHaveLength(2);
    for (const section of sections) {
      expect(section).toMatch(/<svg .*No jobs in this window.*<\/svg>/s);
      expect(section.match(/<tr>/g)).toHaveLength(1 + GOLDEN_REPORT.rows.length);
      expect(section).toContain('<li>The first 8 of 10 rows.</li>');
    }
  });

  it('names machines where there are several', () => {
    const rows = [...HEADLINE.rows, ['casper', 1, 2]];
    expect(page()).not.toContain('<h3>');
    expect(page({ headline: { ...HEADLINE, rows } })).toContain('<h3>casper</h3>');
  });

  it('needs no network and runs nothing', () => {
    const html = page();
    expect(html).not.toMatch(/<(script|link|img|iframe|object|use)\b|\bsrc=|@import|\bon\w+=/);
    expect([...html.matchAll(/\b(?:href|url)\W+(.)/g)].map(([, first]) => first)).not.toContain(
      'h',
    );
    expect(html.replaceAll(/xmlns(:\w+)?="[^"]*"/g, '')).not.toMatch(/https?:|url\((?!#)/);
    expect(html).toContain("default-src 'none'");
  });

  it('shows hostile names as they are', () => {
    const html = page({
      machine: HOSTILE,
      notes: [HOSTILE],
      headline: {
        ...HEADLINE,
        rows: [
          [HOSTILE, 1, 1],
          ['casper', 1, 1],
        ],
      },
    });
    expect(html).not.toMatch(/<script|[^\P{Cc}\n]/u);
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39; ␛');
  });
});
