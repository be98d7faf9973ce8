import * as v from 'valibot';

/** A table with these keys and no others. */
export function section<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.strictObject(entries, Object.keys(entries).join(', '));
}

/** Valibot takes arrays and dates for objects, so that a list would pass as a table. */
export function table<const Schema extends v.GenericSchema<Record<string, unknown>>>(
  schema: Schema,
) {
  const isTable = (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date);
  return v.pipe(
    v.custom<v.InferInput<Schema>>(isTable, 'a table of name = value'),
    v.check(
      (named) => LOST_NAMES.every((name) => !Object.hasOwn(named, name)),
      `names other than ${LOST_NAMES.join(', ')}`,
    ),
    schema,
  );
}

/** Valibot leaves these out of a table without a word, for fear of the prototype. */
const LOST_NAMES = ['__proto__', 'constructor', 'prototype'];
