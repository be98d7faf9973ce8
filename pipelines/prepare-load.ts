import type { RulesChange } from '../src/ledger/sqlite/charge-versions.ts';
import type { InterruptedRun } from '../src/ledger/sqlite/runs.ts';
import type { KnownFile } from '../src/ledger/sqlite/source-files.ts';
import { type ZoneTable, zoneTable } from '../src/site/zone-table.ts';
import { WorkerPool } from '../workers/worker-pool.ts';
import { type FoundFile, foundFiles } from './found-files.ts';
import type { IngestRequest } from './ingest.ts';
import type { LoadedFile, LoadProgress } from './load-files.ts';
import { type FilesPlan, type PlannedFile, planFiles } from './plan-files.ts';
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

/** A thread more is started at once for each of these: for less, it would take longer to start than it saves. */
const BYTES_WORTH_A_THREAD = 4 << 20;

/**
 * Starts the workers and looks at all files meanwhile. The workers end when the load goes out of scope.
 * @param find what the journal knows of a path.
 * @throws SourceError where no file can be read.
 */
export async function prepareLoad(
  request: IngestRequest,
  find: (path: string) => KnownFile | undefined,
  onProgress: (progress: LoadProgress) => void,
): Promise<{ load: Load & AsyncDisposable; plan: FilesPlan }> {
  const { machine, readAs = { timeUnit: 'h' }, force = false } = request;
  const siteZone = zoneTable(machine.timeZone);
  const sourceZone = request.sourceZone === undefined ? siteZone : zoneTable(request.sourceZone);
  const settings = { machine, siteZone, sourceZone };
  const files = await foundFiles(request.files, find);
  const startedThreads = threadsFor(files.filter(({ isUnchanged }) => force || !isUnchanged));
  await using stack = new AsyncDisposableStack();
  const workers = new WorkerPool(settings, { startedThreads, ...request.readers });
  stack.defer(() => workers.close());
  const plan = await planFiles({ files, readAs, force, check: timeUnitCheck(settings) });
  const { toLoad, unchanged, unreadable } = plan;
  if (toLoad.length === 0 && unchanged.length === 0 && unreadable.length > 0) {
    throw unreadable[0].problem;
  }
  const load = { request, files: toLoad, siteZone, workers, onProgress };
  const started = stack.move();
  return { load: { ...load, [Symbol.asyncDispose]: () => started.disposeAsync() }, plan };
}

/** None where there is nothing to read. */
function threadsFor(files: readonly FoundFile[]): number {
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const isWork = files.some(({ problem }) => problem === null);
  return isWork ? Math.max(1, Math.ceil(bytes / BYTES_WORTH_A_THREAD)) : 0;
}
