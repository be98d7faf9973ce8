import type { RowValue } from '../ledger/row-bytes.ts';
import type { ContentColumn } from '../ledger/sqlite/content-passes.ts';
import type { LedgerDifference } from '../ledger/sqlite/ledger-differences.ts';
import { countText } from '../output/number-text.ts';
import { visibleText } from '../output/visible-text.ts';
import type { DifferenceGroup, LedgerDiff, TableDiff } from '../reports/ledger-diff.ts';
import { utcText } from '../site/utc-text.ts';

/** Longer texts, such as select statements, are cut to where they differ. */
const MOST_CHARACTERS = 100;
const CHARACTERS_BEFORE = 20;
/** What a Date can hold. */
const LAST_SECOND = 8_640_000_000_000;

/** In what two ledgers differ, for people. */
export function diffText(diff: LedgerDiff): string {
  const ledgers = `A  ${diff.a}\nB  ${diff.b}\n`;
  if (diff.equal) return `${ledgers}\nNo differences.`;
  return [ledgers, ...diff.tables.map(tableText)].join('\n');
}

function tableText({ table, onlyInA, onlyInB, differing }: TableDiff): string {
  if (onlyInA.count + onlyInB.count + differing.count === 0) return `${table}: no differences`;
  const counts = [
    `${countText(onlyInA.count)} only in A`,
    `${countText(onlyInB.count)} only in B`,
    `${countText(differing.count)} with other values`,
  ];
  return [
    `${table}: ${counts.join(', ')}`,
    ...groupLines('only in A', onlyInA),
    ...groupLines('only in B', onlyInB),
    ...groupLines('other values', differing),
  ].join('\n');
}

function groupLines(label: string, { count, examples }: DifferenceGroup): string[] {
  const more = count - examples.length;
  return [
    ...examples.map((example) => `  ${label}: ${differenceText(example)}`),
    ...(more > 0 && examples.length > 0 ? [`  ${label}: and ${countText(more)} more`] : []),
  ];
}

function differenceText({ identity, values }: LedgerDifference): string {
  const row = identity.map(({ column, value }) => `${column.name} ${valueText(column, value)}`);
  const changes = values.map(({ column, a, b }) => {
    const start = Math.max(0, commonLength(a, b) - CHARACTERS_BEFORE);
    const [inA, inB] = [a, b].map((value) => valueText(column, value, start));
    return `${column.name} is ${inA} in A, ${inB} in B`;
  });
  return [row.join(', '), changes.join('; ')].filter((part) => part !== '').join(': ');
}

/** Texts are quoted, so that an empty one is seen and NULL is not taken for one. */
function valueText({ isTime }: ContentColumn, value: RowValue, start = 0): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return visibleText(JSON.stringify(excerpt(value, start)));
  if (isTime && Math.abs(value) <= LAST_SECOND) {
    return utcText(value);
  }
  return Object.is(value, -0) ? '-0' : String(value);
}

function excerpt(text: string, start: number): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const end = start + MOST_CHARACTERS;
  return `${start > 0 ? '...' : ''}${text.slice(start, end)}${end < text.length ? '...' : ''}`;
}

/** How many characters two values begin with alike; 0 where they are not both text. */
function commonLength(a: RowValue, b: RowValue): number {
  if (typeof a !== 'string' || typeof b !== 'string') return 0;
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
