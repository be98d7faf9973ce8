import { ledgerSchema } from './001-ledger.ts';

/** All migrations in order; the version of a schema is how many of them it has seen. */
export const MIGRATIONS: readonly string[] = [ledgerSchema];
export const SCHEMA_VERSION = MIGRATIONS.length;
