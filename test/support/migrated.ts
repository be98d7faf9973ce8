import { type MigrateRequest, type MigrateResult, migrate } from '../../pipelines/migrate.ts';
import { presetMachine } from './preset-machine.ts';

/** Migrates to a ledger of derecho with one reading thread, unless told otherwise. */
export function migrated(
  oldPath: string,
  ledgerPath: string,
  request: Partial<MigrateRequest> = {},
  onProgress: () => void = () => {},
): Promise<MigrateResult> {
  return migrate(
    {
      oldPath,
      ledgerPath,
      machine: presetMachine('derecho'),
      version: '0.0.0-test',
      readers: { threads: 1 },
      allowDifferences: false,
      queryRounds: 0,
      ...request,
    },
    onProgress,
  );
}
