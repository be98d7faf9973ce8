import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCUMENT = join(import.meta.dirname, '../../docs/sources.md');
const HEADING = '## What each format knows';

/** What the documentation says of a column of a job, for one format: `exact`, `NULL`, `± 18 s` and so on. */
export type Knowledge = ReadonlyMap<string, string>;

/** The table of the documentation: for each format, what it knows of each column of a job. */
export function formatTable(): ReadonlyMap<string, Knowledge> {
  const text = readFileSync(DOCUMENT, 'utf8');
  const section = text.slice(text.indexOf(`${HEADING}\n`) + HEADING.length);
  const table = /(?:^\|.*\|\n)+/m.exec(section)?.[0] ?? '';
  const [header, , ...rows] = table.trimEnd().split('\n').map(cellsOf);
  const formats = header
    .slice(1)
    .map((format): [string, Map<string, string>] => [format, new Map()]);
  for (const [columns, ...cells] of rows) {
    for (const [, column] of columns.matchAll(/`(\w+)`/g)) {
      for (const [place, [format, knowledge]] of formats.entries()) {
        if (knowledge.has(column)) throw new Error(`${column} is there twice for ${format}`);
        knowledge.set(column, cells[place]);
      }
    }
  }
  return new Map(formats);
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}
