import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './usage-error.ts';

const LEDGER_FOLDER = 'data';

/** Where a machine's ledger is unless `--db` says otherwise. */
export function defaultLedgerPath(machine: string): string {
  return join(LEDGER_FOLDER, `${machine}.db`);
}

/** All ledgers in their default place. */
export function defaultLedgers(): string[] {
  try {
    return readdirSync(LEDGER_FOLDER)
      .filter((name) => name.endsWith('.db'))
      .sort()
      .map((name) => join(LEDGER_FOLDER, name));
  } catch {
    return [];
  }
}

/** Stands for every ledger in its default place. */
export const ALL_MACHINES = 'all';

/**
 * The ledgers that a command is about which can read several: those that are named, those in `data/`, or one.
 * @throws UsageError where there is none.
 */
export function chosenLedgers({
  db,
  machine,
}: {
  db?: readonly string[];
  machine?: string;
}): string[] {
  if (db !== undefined) return [...new Set(db)];
  if (machine !== ALL_MACHINES) return [chosenLedger(machine === undefined ? {} : { machine })];
  const ledgers = defaultLedgers();
  return ledgers.length > 0 ? ledgers : [chosenLedger({})];
}

/** The one ledger that a reading command is about. */
export function chosenLedger({ db, machine }: { db?: string; machine?: string }): string {
  if (db !== undefined) return db;
  if (machine !== undefined) return defaultLedgerPath(machine);
  const ledgers = defaultLedgers();
  if (ledgers.length === 1) return ledgers[0];
  throw new UsageError(
    ledgers.length === 0
      ? `there is no ledger in ${LEDGER_FOLDER}/; name one with --db <file>, ` +
          'or make one with: qledger ingest <file...> --machine <name>'
      : `there are several ledgers (${ledgers.join(', ')}); choose with --machine <name> or --db <file>`,
  );
}
