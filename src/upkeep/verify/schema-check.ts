import type Database from 'better-sqlite3';
import { schemaVersion } from '../../ledger/sqlite/open-ledger.ts';
import { inSql, MENDS } from './mends.ts';
import { askNewLedger, type SchemaObject, schemaObjects } from './schema-objects.ts';
import type { Problem, VerifyCheck } from './verify-check.ts';

/** Everything that a schema is made of. */
export interface Schema {
  readonly version: number;
  readonly objects: ReadonlyMap<string, SchemaObject>;
  /** Columns by table. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
}

export const schemaCheck: VerifyCheck = {
  name: 'schema',
  sound: 'tables, columns, indexes, views and triggers are those of this qledger',
  run: (db) => schemaProblems(schemaOf(db), askNewLedger(schemaOf)),
};

function schemaOf(db: Database.Database): Schema {
  const objects = schemaObjects(db);
  const columnsOf = db.prepare<[string], string>('SELECT name FROM pragma_table_xinfo(?)').pluck();
  const tables = [...objects.values()].filter(({ type }) => type === 'table');
  return {
    version: schemaVersion(db),
    objects,
    columns: new Map(tables.map(({ name }) => [name, columnsOf.all(name)])),
  };
}

/** In what a schema differs from the one that it should be. */
function schemaProblems(has: Schema, needs: Schema): Problem[] {
  const problems: Problem[] = [];
  if (has.version !== needs.version) {
    problems.push({
      text: `the file says schema version ${has.version}, this qledger makes ${needs.version}`,
      mend:
        has.version < needs.version
          ? 'the next qledger ingest brings it up to date'
          : 'update qledger',
    });
  }
  for (const object of needs.objects.values()) {
    const found = has.objects.get(object.name);
    if (found === undefined) problems.push(missing(object));
    else if (!alike(found, object)) problems.push(changed(found, object, has, needs));
  }
  for (const object of has.objects.values()) {
    // What SQLite makes for a constraint is a matter of its table.
    if (!needs.objects.has(object.name) && object.sql !== null) problems.push(surplus(object));
  }
  return problems;
}

function missing(object: SchemaObject): Problem {
  const { type, name, table, sql } = object;
  const of = type === 'index' ? ` of ${table}` : '';
  return {
    text: `the ${type} ${name}${of} is missing`,
    mend: canBeMadeAnew(object) ? inSql(oneLine(sql)) : MENDS.rebuild,
  };
}

function changed(found: SchemaObject, object: SchemaObject, has: Schema, needs: Schema): Problem {
  const { type, name, sql } = object;
  const isUnique = (text: string | null): boolean => /^CREATE UNIQUE /.test(oneLine(text));
  const how =
    type === 'table'
      ? columnsText(has.columns.get(name) ?? [], needs.columns.get(name) ?? [])
      : isUnique(sql) && !isUnique(found.sql)
        ? ': it is not UNIQUE'
        : `: it is ${oneLine(found.sql)}`;
  return {
    text: `the ${type} ${name} is not as qledger makes it${how}`,
    mend: canBeMadeAnew(object)
      ? inSql(`DROP ${found.type.toUpperCase()} ${name}; ${oneLine(sql)}`)
      : MENDS.rebuild,
  };
}

function surplus({ type, name }: SchemaObject): Problem {
  return {
    text: `the ${type} ${name} is not qledger's`,
    mend: inSql(`DROP ${type.toUpperCase()} "${name}"`),
  };
}

function columnsText(has: readonly string[], needs: readonly string[]): string {
  const lacking = needs.filter((name) => !has.includes(name));
  const added = has.filter((name) => !needs.includes(name));
  const parts = [
    ...(lacking.length === 0 ? [] : [`without ${lacking.join(', ')}`]),
    ...(added.length === 0 ? [] : [`with ${added.join(', ')}`]),
  ];
  return parts.length === 0 ? ': its constraints differ' : `: it is ${parts.join(' and ')}`;
}

/** The rows of a table can't, nor what SQLite makes with it. */
function canBeMadeAnew({ type, sql }: SchemaObject): boolean {
  return type !== 'table' && sql !== null;
}

function alike(a: SchemaObject, b: SchemaObject): boolean {
  return a.type === b.type && a.table === b.table && oneLine(a.sql) === oneLine(b.sql);
}

/** SQL without what means nothing: comments and the width of white space. */
function oneLine(sql: string | null): string {
  return (sql ?? '')
    .replaceAll(/--[^\n]*/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
