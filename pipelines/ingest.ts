import { compileCharging } from '../src/charging/compile-charging.ts';
import { BatchWriter } from '../src/ledger/sqlite/batch-writer.ts';
import { chargeVersionOf } from '../src/ledger/sqlite/charge-versions.ts';
import { summariseStaleDays } from '../src/ledger/sqlite/daily-summary.ts';
import { claimLedger } from '../src/ledger/sqlite/ledger-machine.ts';
import { closeLedger, openForWriting } from '../src/ledger/sqlite/open-ledger.ts';
import { Runs } from '../src/ledger/sqlite/runs.ts';
import { SourceFiles } from '../src/ledger/sqlite/source-files.ts';
import { analyse } from '../src/ledger/sqlite/statistics.ts';
import type { Machine } from '../src/site/machine.ts';
import { ZoneClock } from '../src/site/zone-clock.ts';
import { zoneTable } from '../src/site/zone-table.ts';
import type { TimeUnit } from '../src/sources/qhist-csv/labels.ts';
import { openExport } from '../src/sources/qhist-csv/open-export.ts';
import { type ChunkReaderOptions, ChunkReaders } from '../workers/chunk-readers.ts';
import { type FileCounts, loadFile, noCounts } from './load-file.ts';

export interface IngestRequest {
  readonly files: readonly string[];
  readonly machine: Machine;
  readonly ledgerPath: string;
  /** Zone of the exports' times; the machine's by default. */
  readonly sourceZone?: string;
  /** Unit of durations where a header names none. */
  readonly timeUnit?: TimeUnit;
  readonly version: string;
  readonly readers?: ChunkReaderOptions;
  readonly chunkBytes?: number;
}

/** How far an ingest is: bytes of all files, and what the committed lines have become. */
export interface IngestProgress {
  readonly totalBytes: number;
  readonly doneBytes: number;
  readonly counts: Readonly<FileCounts>;
}

export interface FileResult {
  readonly path: string;
  readonly sizeBytes: number;
  readonly counts: Readonly<FileCounts>;
  /** Labels of the export that the ledger keeps nothing of. */
  readonly unknownLabels: readonly string[];
}

export interface IngestResult {
  readonly runId: number;
  readonly files: readonly FileResult[];
  readonly totals: Readonly<FileCounts>;
  /** Days whose summary was rebuilt, ascending. */
  readonly days: readonly string[];
  readonly seconds: number;
}

/**
 * The main job: raw exports in, a charged, summarised ledger out. Each chunk of a file is read and charged
 * by a worker and committed here, with its place in the file; then the days it touched are summarised.
 * @throws SourceError before anything is written where a file is no export.
 * @throws LedgerError where the ledger can't be written.
 */
export async function ingest(
  request: IngestRequest,
  onProgress: (progress: IngestProgress) => void = () => {},
): Promise<IngestResult> {
  const { machine } = request;
  const startedAt = performance.now();
  const exports = [];
  for (const path of request.files) exports.push(await openExport(path, request.timeUnit ?? 'h'));
  const siteZone = zoneTable(machine.timeZone);
  const sourceZone = zoneTable(request.sourceZone ?? machine.timeZone);

  const db = openForWriting(request.ledgerPath);
  const readers = new ChunkReaders({ machine, siteZone, sourceZone }, request.readers);
  const runs = new Runs(db);
  let runId: number | undefined;
  try {
    const run = db
      .transaction(() => {
        claimLedger(db, machine);
        const chargeVersion = chargeVersionOf(db, machine.charging, 'ingest', nowSeconds());
        const qledgerVersion = request.version;
        const newRun = {
          command: 'ingest',
          qledgerVersion,
          chargeVersion,
          nowSeconds: nowSeconds(),
        };
        return { runId: runs.begin(newRun), chargeVersion };
      })
      .immediate();
    runId = run.runId;
    const writer = new BatchWriter(db, { ...run, qos: compileCharging(machine.charging).qos });

    const loadStartedAt = performance.now();
    const totalBytes = exports.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const totals = noCounts();
    const files: FileResult[] = [];
    for (const source of exports) {
      const fileId = new SourceFiles(db).register({ ...source, format: 'qhist-csv' }, run.runId);
      const counts = await loadFile({
        source,
        fileId,
        readers,
        writer,
        ...(request.chunkBytes === undefined ? {} : { chunkBytes: request.chunkBytes }),
        onCommit: (soFar) => {
          const counts = sumOf(totals, soFar);
          onProgress({ totalBytes, doneBytes: counts.committedBytes, counts });
        },
      });
      Object.assign(totals, sumOf(totals, counts));
      files.push({
        path: source.path,
        sizeBytes: source.sizeBytes,
        counts,
        unknownLabels: source.unknownLabels,
      });
    }
    runs.recordStep(run.runId, 'load', secondsSince(loadStartedAt));

    const summaryStartedAt = performance.now();
    const days = summariseStaleDays(db, new ZoneClock(siteZone));
    runs.recordStep(run.runId, 'summary', secondsSince(summaryStartedAt));

    const statisticsStartedAt = performance.now();
    if (totals.jobs > 0) analyse(db);
    runs.recordStep(run.runId, 'statistics', secondsSince(statisticsStartedAt));

    runs.complete(run.runId, nowSeconds());
    return { runId: run.runId, files, totals, days, seconds: secondsSince(startedAt) };
  } catch (cause) {
    if (runId !== undefined) runs.fail(runId, nowSeconds(), messageOf(cause));
    throw cause;
  } finally {
    await readers.close();
    closeLedger(db);
  }
}

function sumOf(a: Readonly<FileCounts>, b: Readonly<FileCounts>): FileCounts {
  return {
    lines: a.lines + b.lines,
    jobs: a.jobs + b.jobs,
    duplicates: a.duplicates + b.duplicates,
    rejects: a.rejects + b.rejects,
    skippedLines: a.skippedLines + b.skippedLines,
    undecidedTimes: a.undecidedTimes + b.undecidedTimes,
    committedBytes: a.committedBytes + b.committedBytes,
  };
}

function secondsSince(startedAt: number): number {
  return (performance.now() - startedAt) / 1000;
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
