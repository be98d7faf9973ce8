import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { LedgerError } from '../src/ledger/ledger-error.ts';
import type { WritingRun } from '../src/ledger/sqlite/batch-writer.ts';
import {
  BuildingFolder,
  publish,
  removeLeftovers,
} from '../src/ledger/sqlite/bulk/building-file.ts';
import { asFailure } from '../src/ledger/sqlite/failure.ts';
import { ledgerFile } from '../src/ledger/sqlite/ledger-file.ts';
import { closeLedger, openForReading } from '../src/ledger/sqlite/open-ledger.ts';
import { acquireWriterLock } from '../src/ledger/sqlite/writer-lock.ts';
import type { DifferingJob, HoursDifferences } from '../src/reports/migration/compare-hours.ts';
import { type QueryTime, queryTimes } from '../src/reports/migration/query-times.ts';
import { type CountBeforeAndAfter, tableCounts } from '../src/reports/migration/table-counts.ts';
import { type RejectGroup, rejectsByCode } from '../src/reports/rejects-by-code.ts';
import { zoneTable } from '../src/site/zone-table.ts';
import type { OldGeneration } from '../src/sources/old-database/old-schema.ts';
import type { ReadingSettings } from '../src/sources/reading-context.ts';
import { WorkerPool } from '../workers/worker-pool.ts';
import { beginRun } from './begin-run.ts';
import { buildFrom } from './build-ledger.ts';
import { comparedHours } from './compared-hours.ts';
import type { FileCounts } from './file-counts.ts';
import type { IngestRequest } from './ingest.ts';
import { Interruption } from './interruption.ts';
import type { LoadProgress } from './load-files.ts';
import { loadOldDatabase, OLD_DATABASE } from './load-old-database.ts';
import { type OldDatabase, openOld } from './old-database.ts';

export interface MigrateRequest
  extends Pick<
    IngestRequest,
    'machine' | 'ledgerPath' | 'waitSeconds' | 'onWait' | 'signal' | 'version' | 'readers'
  > {
  readonly oldPath: string;
  /** Zone of the old database's text times; UTC by default, which is what its tool wrote. */
  readonly sourceZone?: string;
  /** Put the ledger into service even where jobs have other hours than before. */
  readonly allowDifferences: boolean;
  /** How often each standard query is timed; 0 for not at all. */
  readonly queryRounds: number;
  readonly rowsAtOnce?: number;
}

export interface MigrateResult {
  /** Whether the ledger is in service, or was refused because jobs have other hours than before. */
  readonly outcome: 'in service' | 'refused';
  readonly runId: number;
  readonly generation: OldGeneration;
  readonly counts: Readonly<FileCounts>;
  readonly rejects: readonly RejectGroup[];
  /** Site-local days, ascending. */
  readonly days: readonly string[];
  /** Columns of the old jobs that the ledger keeps nothing of. */
  readonly unknownColumns: readonly string[];
  readonly tables: readonly CountBeforeAndAfter[];
  /** Null where the old database has no hours. */
  readonly hours: ComparedHours | null;
  readonly queries: readonly QueryTime[];
  readonly oldBytes: number;
  readonly ledgerBytes: number;
  /** Until the ledger was whole and its hours were compared. */
  readonly seconds: number;
}

export interface ComparedHours extends HoursDifferences {
  /** The first jobs with other hours than before. */
  readonly examples: readonly DifferingJob[];
}

/**
 * Brings a database of the time before into a new ledger. The old one is only read, stays as it is, and may go
 * on being used; the ledger must not exist yet. Its jobs go the way of any source: read and charged in parallel,
 * checked, rejected where they can't be jobs. Before the ledger is put into service, every row must be
 * accounted for, and the hours of each job must be what they were: other ones mean another machine, or rules that
 * have changed.
 * @throws SourceError where the old database can't be read, is none, or changes meanwhile.
 * @throws LedgerError `unusable` where the ledger is there already, or rows would be lost.
 */
export async function migrate(
  request: MigrateRequest,
  onProgress: (progress: LoadProgress) => void = () => {},
): Promise<MigrateResult> {
  const startedAt = performance.now();
  const { ledgerPath, oldPath, waitSeconds = 0, onWait, signal } = request;
  refuseExisting(ledgerPath);
  const wait = {
    command: 'migrate',
    waitSeconds,
    ...(onWait === undefined ? {} : { onWait }),
    ...(signal === undefined ? {} : { signal }),
  };
  using _lock = await acquireWriterLock(ledgerPath, wait);
  try {
    refuseExisting(ledgerPath);
    removeLeftovers(ledgerPath);
    const place = ledgerFile(ledgerPath);
    using folder = new BuildingFolder(place);
    using old = openOld(oldPath, dirname(folder.ledger));
    const { runId, days, counts } = await build(request, old, folder, onProgress);
    checkAccountedFor(oldPath, old.rows, counts);
    const hours = await comparedHours(settingsOf(request), request.readers, {
      ledgerPath: folder.ledger,
      oldPath: old.readPath,
      hours: old.schema.hours,
    });
    old.checkUnchanged();
    const seconds = (performance.now() - startedAt) / 1000;
    const compared = compare(old, folder.ledger, runId, request.queryRounds);
    const ledgerBytes = statSync(folder.ledger).size;
    const differs = hours?.queues.some(({ differing, missing }) => differing + missing > 0);
    const outcome = differs === true && !request.allowDifferences ? 'refused' : 'in service';
    // A signal is heard only where the process has a moment for it.
    await delay(1);
    Interruption.throwIfAborted(signal);
    if (outcome === 'in service') publish(folder.ledger, place);
    return {
      outcome,
      runId,
      generation: old.schema.generation,
      counts,
      days,
      unknownColumns: old.schema.unknownColumns,
      hours,
      ...compared,
      oldBytes: old.sizeBytes,
      ledgerBytes,
      seconds,
    };
  } catch (cause) {
    throw asFailure(cause, ledgerPath);
  }
}

async function build(
  request: MigrateRequest,
  old: OldDatabase,
  folder: BuildingFolder,
  onProgress: (progress: LoadProgress) => void,
): Promise<{ runId: number; days: readonly string[]; counts: FileCounts }> {
  const settings = settingsOf(request);
  const workers = new WorkerPool(settings, request.readers);
  await using _stopped = { [Symbol.asyncDispose]: () => workers.close() };
  const load = {
    request: { ...request, files: [request.oldPath] },
    siteZone: settings.siteZone,
    workers,
    onProgress,
  };
  const source = {
    path: request.oldPath,
    sizeBytes: old.sizeBytes,
    modifiedMs: old.modifiedMs,
    format: { name: OLD_DATABASE },
    header: null,
  };
  const { runId, days, files } = await buildFrom(load, folder, {
    begin: (db: Database.Database): WritingRun => beginRun(db, load, 'migrate').run,
    fill: (sink) =>
      loadOldDatabase({
        source,
        path: old.readPath,
        schema: old.schema,
        db: old.db,
        rows: old.rows,
        workers,
        sink,
        rowsAtOnce: request.rowsAtOnce,
        signal: request.signal,
        onProgress,
      }),
    expectedJobs: old.rows,
  });
  return { runId, days, counts: files[0].counts };
}

/** @throws LedgerError where a row is neither a job, nor known, nor a reject. */
function checkAccountedFor(oldPath: string, rows: number, counts: FileCounts): void {
  const { jobs, duplicates, rejects } = counts;
  if (rows === jobs + duplicates + rejects) return;
  throw new LedgerError(
    'unusable',
    `${oldPath}: of its ${rows} jobs ${jobs} are in the ledger, ${duplicates} were there twice and ` +
      `${rejects} are rejects, which does not add up. The ledger was not put into service.`,
  );
}

function compare(
  old: OldDatabase,
  ledgerPath: string,
  runId: number,
  queryRounds: number,
): Pick<MigrateResult, 'tables' | 'queries' | 'rejects'> {
  const ledger = openForReading(ledgerPath);
  try {
    return {
      rejects: rejectsByCode(ledger, runId),
      tables: tableCounts(old.db, old.schema, ledger),
      queries: queryRounds === 0 ? [] : queryTimes(old.db, old.schema, ledger, queryRounds),
    };
  } finally {
    closeLedger(ledger);
  }
}

function settingsOf({ machine, sourceZone = 'UTC' }: MigrateRequest): ReadingSettings {
  const siteZone = zoneTable(machine.timeZone);
  return { machine, siteZone, sourceZone: zoneTable(sourceZone) };
}

function refuseExisting(ledgerPath: string): void {
  if (!existsSync(ledgerPath)) return;
  throw new LedgerError(
    'unusable',
    `${ledgerPath}: there is a file already, and a migration makes a new ledger. Nothing was changed; ` +
      'name another file with --db, or move this one away.',
  );
}
