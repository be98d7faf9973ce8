import { describe, expect, it } from 'vitest';
import { REPORT_FORMATS, type ReportFormat } from '../../src/output/format.ts';
import { reportPieces } from '../../src/output/report-pieces.ts';
import { visibleText } from '../../src/output/visible-text.ts';
import type { Report } from '../../src/reports/report.ts';
import { GOLDEN_REPORT } from './golden-report.ts';

async function textOf(format: ReportFormat, report: Report = GOLDEN_REPORT): Promise<string> {
  return [...(await reportPieces(report, format))].join('');
}

/** Programs read these: a difference is a break of docs/output-formats.md, unless it only adds. */
describe('a report in each format', () => {
  it('table', async () => {
    expect(await textOf('table')).toMatchInlineSnapshot(`
      "derecho, golden report, 2026-01-01 to 2026-01-31

      Name                  Day              Jobs                        CPU hours  CPU share    Mean wait   Memory  Factor
      ada                   2026-01-15  1,234,567                            392.3     12.5 %  1d 02:03:05  3.0 GiB    1.50
      zoë 日本 🙂           2026-01-16          0                              0.3    100.0 %     00:00:00      0 B    0.00
      a|b, "c" \\ <i>&amp;'  -                   -                                -          -            -        -       -
      line␊break␍␉tab       2026-01-17          1  1,000,000,000,000,000,000,000.0      0.0 %     00:00:59    512 B    2.00
      ␛[31mred␀\\u{202e}     2026-01-18          1                              0.0      0.0 %     00:01:00  1.0 KiB  100.00
      123[7].x *_\`~$        2026-01-19          1                              1.0    100.0 %     00:00:01      1 B    1.00
      -                     2026-01-20          1                              1.0    100.0 %     00:00:01      1 B    1.00
                            2026-01-21          1                              1.0    100.0 %     00:00:01      1 B    1.00

      Note: Two jobs < three | four.
      Note: So is "another".
      Note: The queue a␛[31m|␊日本 is other.
      "
    `);
  });

  it('csv', async () => {
    expect((await textOf('csv')).split('\r\n').map(visibleText)).toMatchInlineSnapshot(`
      [
        "name,day,jobs,cpu_hours,cpu_share,mean_wait,memory,factor",
        "ada,2026-01-15,1234567,392.25,0.125,93784.5,3221225472,1.5",
        "zoë 日本 🙂,2026-01-16,0,0.30000000000000004,1,0,0,0",
        ""a|b, ""c"" \\ <i>&amp;'",,,,,,,",
        ""line␊break␍␉tab",2026-01-17,1,1e+21,0,59,512,2",
        "␛[31mred␀\\u{202e},2026-01-18,1,1e-7,0.0004,60,1024,100",
        "123[7].x *_\`~$,2026-01-19,1,1,1,1,1,1",
        ",2026-01-20,1,1,1,1,1,1",
        ",2026-01-21,1,1,1,1,1,1",
        "",
      ]
    `);
  });

  it('json', async () => {
    expect(await textOf('json')).toMatchInlineSnapshot(`
      "{
        "kind": "golden-report",
        "machine": "derecho",
        "from": "2026-01-01",
        "to": "2026-01-31",
        "period": "month",
        "columns": [
          {"key":"name","label":"Name","kind":"text"},
          {"key":"day","label":"Day","kind":"date"},
          {"key":"jobs","label":"Jobs","kind":"count"},
          {"key":"cpu_hours","label":"CPU hours","kind":"hours","unit":"core-hours"},
          {"key":"cpu_share","label":"CPU share","kind":"share"},
          {"key":"mean_wait","label":"Mean wait","kind":"seconds","unit":"s"},
          {"key":"memory","label":"Memory","kind":"bytes","unit":"B"},
          {"key":"factor","label":"Factor","kind":"number"}
        ],
        "rows": [
          {"name":"ada","day":"2026-01-15","jobs":1234567,"cpu_hours":392.25,"cpu_share":0.125,"mean_wait":93784.5,"memory":3221225472,"factor":1.5},
          {"name":"zoë 日本 🙂","day":"2026-01-16","jobs":0,"cpu_hours":0.30000000000000004,"cpu_share":1,"mean_wait":0,"memory":0,"factor":0},
          {"name":"a|b, \\"c\\" \\\\ <i>&amp;'","day":null,"jobs":null,"cpu_hours":null,"cpu_share":null,"mean_wait":null,"memory":null,"factor":null},
          {"name":"line\\nbreak\\r\\ttab","day":"2026-01-17","jobs":1,"cpu_hours":1e+21,"cpu_share":0,"mean_wait":59,"memory":512,"factor":2},
          {"name":"\\u001b[31mred\\u0000\\u202e","day":"2026-01-18","jobs":1,"cpu_hours":1e-7,"cpu_share":0.0004,"mean_wait":60,"memory":1024,"factor":100},
          {"name":"123[7].x *_\`~$","day":"2026-01-19","jobs":1,"cpu_hours":1,"cpu_share":1,"mean_wait":1,"memory":1,"factor":1},
          {"name":null,"day":"2026-01-20","jobs":1,"cpu_hours":1,"cpu_share":1,"mean_wait":1,"memory":1,"factor":1},
          {"name":"","day":"2026-01-21","jobs":1,"cpu_hours":1,"cpu_share":1,"mean_wait":1,"memory":1,"factor":1}
        ],
        "notes": [
          "Two jobs < three | four.",
          "So is \\"another\\".",
          "The queue a\\u001b[31m|\\n日本 is other."
        ],
        "cursors": {"next":"WyJh_-","previous":"WyJi"}
      }
      "
    `);
  });

  it('ndjson', async () => {
    expect(await textOf('ndjson')).toMatchInlineSnapshot(`
      "{"name":"ada","day":"2026-01-15","jobs":1234567,"cpu_hours":392.25,"cpu_share":0.125,"mean_wait":93784.5,"memory":3221225472,"factor":1.5}
      {"name":"zoë 日本 🙂","day":"2026-01-16","jobs":0,"cpu_hours":0.30000000000000004,"cpu_share":1,"mean_wait":0,"memory":0,"factor":0}
      {"name":"a|b, \\"c\\" \\\\ <i>&amp;'","day":null,"jobs":null,"cpu_hours":null,"cpu_share":null,"mean_wait":null,"memory":null,"factor":null}
      {"name":"line\\nbreak\\r\\ttab","day":"2026-01-17","jobs":1,"cpu_hours":1e+21,"cpu_share":0,"mean_wait":59,"memory":512,"factor":2}
      {"name":"\\u001b[31mred\\u0000\\u202e","day":"2026-01-18","jobs":1,"cpu_hours":1e-7,"cpu_share":0.0004,"mean_wait":60,"memory":1024,"factor":100}
      {"name":"123[7].x *_\`~$","day":"2026-01-19","jobs":1,"cpu_hours":1,"cpu_share":1,"mean_wait":1,"memory":1,"factor":1}
      {"name":null,"day":"2026-01-20","jobs":1,"cpu_hours":1,"cpu_share":1,"mean_wait":1,"memory":1,"factor":1}
      {"name":"","day":"2026-01-21","jobs":1,"cpu_hours":1,"cpu_share":1,"mean_wait":1,"memory":1,"factor":1}
      "
    `);
  });

  it('markdown', async () => {
    expect(await textOf('markdown')).toMatchInlineSnapshot(`
      "## derecho, golden report, 2026-01-01 to 2026-01-31

      | Name | Day | Jobs | CPU hours | CPU share | Mean wait | Memory | Factor |
      | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
      | ada | 2026-01-15 | 1,234,567 | 392.3 | 12.5 % | 1d 02:03:05 | 3.0 GiB | 1.50 |
      | zoë 日本 🙂 | 2026-01-16 | 0 | 0.3 | 100.0 % | 00:00:00 | 0 B | 0.00 |
      | a\\|b, "c" \\\\ \\<i\\>\\&amp;' | - | - | - | - | - | - | - |
      | line␊break␍␉tab | 2026-01-17 | 1 | 1,000,000,000,000,000,000,000.0 | 0.0 % | 00:00:59 | 512 B | 2.00 |
      | ␛\\[31mred␀\\\\u{202e} | 2026-01-18 | 1 | 0.0 | 0.0 % | 00:01:00 | 1.0 KiB | 100.00 |
      | 123\\[7\\].x \\*\\_\\\`\\~\\$ | 2026-01-19 | 1 | 1.0 | 100.0 % | 00:00:01 | 1 B | 1.00 |
      | - | 2026-01-20 | 1 | 1.0 | 100.0 % | 00:00:01 | 1 B | 1.00 |
      |  | 2026-01-21 | 1 | 1.0 | 100.0 % | 00:00:01 | 1 B | 1.00 |

      - Two jobs \\< three \\| four.
      - So is "another".
      - The queue a␛\\[31m\\|␊日本 is other.
      "
    `);
  });

  it('html', async () => {
    await expect(await textOf('html')).toMatchFileSnapshot('golden-report.html');
  });
});

describe('every format', () => {
  it.each(REPORT_FORMATS)('%s ends with the end of a line', async (format) => {
    expect(await textOf(format)).toMatch(/\n$/);
  });

  it.each(['table', 'json', 'ndjson', 'markdown', 'html'] as const)(
    '%s lets no control character through',
    async (format) => {
      expect(await textOf(format)).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u);
    },
  );

  it.each(['json', 'ndjson'] as const)('%s gives back what is in the report', async (format) => {
    const text = await textOf(format);
    const rows: unknown[] =
      format === 'json'
        ? JSON.parse(text).rows
        : text
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line));
    expect(rows.map((row) => Object.values(Object(row)))).toEqual(GOLDEN_REPORT.rows);
  });

  it('is whole where there are no rows, notes or cursors', async () => {
    const { cursors: _cursors, period: _period, ...report } = GOLDEN_REPORT;
    const empty = { ...report, rows: [], notes: [] };
    expect(JSON.parse(await textOf('json', empty))).toEqual(empty);
    expect(await textOf('ndjson', empty)).toBe('');
    expect(await textOf('markdown', empty)).toMatch(/\n\| ---.*\|\n$/);
    expect(await textOf('html', empty)).toContain('<tbody>\n</tbody>');
  });
});

describe('a page of HTML', () => {
  it('needs no network and runs nothing', async () => {
    const html = await textOf('html');
    expect(html).not.toMatch(/<(script|link|img|iframe)|\bsrc=|\burl\(|@import|https?:/);
    expect(html).toContain("default-src 'none'");
  });
});

describe('a table of Markdown', () => {
  it('has as many cells in each line as there are columns', async () => {
    const lines = (await textOf('markdown')).split('\n').filter((line) => line.startsWith('|'));
    expect(lines).toHaveLength(GOLDEN_REPORT.rows.length + 2);
    for (const line of lines) expect(line.match(/(?<!\\)(\\\\)*\|/g)).toHaveLength(9);
  });
});
