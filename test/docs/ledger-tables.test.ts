import { readFileSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { askNewLedger, schemaObjects } from '../../src/upkeep/verify/schema-objects.ts';

const DOCS = readFileSync(new URL('../../docs/ledger.md', import.meta.url), 'utf8');

/** What the page says of each table or view: from its name in bold type to the next one or heading. */
const SECTIONS = new Map(
  [...DOCS.matchAll(/^\*\*`(\w+)`\*\*(.*?)(?=^\*\*`|^## )/gms)].map(([, name, text]) => [
    name,
    text,
  ]),
);

interface Relation {
  readonly name: string;
  readonly columns: readonly string[];
}

function columnsOf(db: Database.Database, relation: string): string[] {
  return db
    .prepare<[string], string>('SELECT name FROM pragma_table_info(?)')
    .pluck()
    .all(relation);
}

const SCHEMA = askNewLedger((db) => {
  const objects = [...schemaObjects(db).values()];
  const named = (kind: string): Relation[] =>
    objects
      .filter(({ type }) => type === kind)
      .map(({ name }) => ({ name, columns: columnsOf(db, name) }));
  const indexes = objects.filter(({ type, sql }) => type === 'index' && sql !== null);
  return {
    tables: named('table'),
    views: named('view'),
    indexes: indexes.map(({ name }) => name),
  };
});

describe('docs/ledger.md', () => {
  it('tells of every table and view of the schema, and of no other', () => {
    const names = [...SCHEMA.tables, ...SCHEMA.views].map(({ name }) => name);
    expect([...SECTIONS.keys()].sort()).toEqual(names.sort());
  });

  it.each(SCHEMA.tables.map(({ name, columns }) => [name, columns] as const))(
    'tells of every column of %s',
    (name, columns) => {
      const told = SECTIONS.get(name) ?? '';
      expect(columns.filter((column) => !told.includes(`\`${column}\``))).toEqual([]);
    },
  );

  it('tells of every index that the schema names, and of no other', () => {
    const told = [...DOCS.matchAll(/`([iu]x_\w+)`/g)].map(([, name]) => name);
    expect([...new Set(told)].sort()).toEqual(SCHEMA.indexes.toSorted());
  });
});
