import { type RebuildRequest, type RebuildResult, rebuild } from '../../pipelines/rebuild.ts';
import { presetMachine } from './preset-machine.ts';

/** Rebuilds a ledger of derecho with one reading thread and one backup, unless told otherwise. */
export function rebuildFromFiles(
  ledgerPath: string,
  files: readonly string[],
  request: Partial<RebuildRequest> = {},
): Promise<RebuildResult> {
  return rebuild({
    files,
    ledgerPath,
    machine: presetMachine('derecho'),
    version: '0.0.0-test',
    readers: { threads: 1 },
    keepBackups: 1,
    allowLoss: false,
    dryRun: false,
    ...request,
  });
}
