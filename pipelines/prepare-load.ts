import type { RulesChange } from '../src/ledger/sqlite/charge-versions.ts';
import type { InterruptedRun } from '../src/ledger/sqlite/runs.ts';
import { type ZoneTable, zoneTable } from '../src/site/zone-table.ts';
import { WorkerPool } from '../workers/worker-pool.ts';
import type { IngestRequest } from './ingest.ts';
import type { LoadedFile, LoadProgress } from './load-files.ts';
import { type FilesPlan, type FilesPlanning, type PlannedFile, planFiles } from './plan-files.ts';
import { timeUnitCheck } from './time-unit-check.ts';

/** What all ways into a ledger work with. */
export interface Load {
  readonly request: IngestRequest;
  readonly files: readonly PlannedFile[];
  readonly siteZone: ZoneTable;
  readonly workers: WorkerPool;
  readonly onProgress: (progress: LoadProgress) => void;
}

/** What any of them has done. */
export interface LoadOutcome {
  readonly runId: number;
  readonly files: readonly LoadedFile[];
  readonly days: readonly string[];
  readonly interrupted: readonly InterruptedRun[];
  /** Where the run before charged by other rules. */
  readonly rulesChange: RulesChange | undefined;
}

/**
 * Looks at all files and starts the workers, which end when the load goes out of scope.
 * @param find what the journal knows of a path.
 * @throws SourceError where no file can be read.
 */
export async function prepareLoad(
  request: IngestRequest,
  find: FilesPlanning['find'],
  onProgress: (progress: LoadProgress) => void,
): Promise<{ load: Load & AsyncDisposable; plan: FilesPlan }> {
  const { machine, readAs = { timeUnit: 'h' }, force = false } = request;
  const siteZone = zoneTable(machine.timeZone);
  const sourceZone = request.sourceZone === undefined ? siteZone : zoneTable(request.sourceZone);
  const settings = { machine, siteZone, sourceZone };
  const check = timeUnitCheck(settings);
  const plan = await planFiles({ paths: request.files, readAs, find, force, check });
  const { toLoad, unchanged, unreadable } = plan;
  if (toLoad.length === 0 && unchanged.length === 0 && unreadable.length > 0) {
    throw unreadable[0].problem;
  }
  const workers = new WorkerPool(settings, request.readers);
  const close = (): Promise<void> => workers.close();
  const load = { request, files: toLoad, siteZone, workers, onProgress };
  return { load: { ...load, [Symbol.asyncDispose]: close }, plan };
}
