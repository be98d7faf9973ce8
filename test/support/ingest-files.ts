import { rmSync, writeFileSync } from 'node:fs';
import { type IngestRequest, type IngestResult, ingest } from '../../pipelines/ingest.ts';
import { jobsExport } from './jobs-export.ts';
import { presetMachine } from './preset-machine.ts';

export type IngestListener = NonNullable<Parameters<typeof ingest>[1]>;
export type IngestProgress = Parameters<IngestListener>[0];

/** Ingests files of derecho with one reading thread, unless told otherwise. */
export function ingestFiles(
  ledgerPath: string,
  files: readonly string[],
  request: Partial<IngestRequest> = {},
  onProgress?: IngestListener,
): Promise<IngestResult> {
  return ingest(
    {
      files,
      ledgerPath,
      machine: presetMachine('derecho'),
      version: '0.0.0-test',
      readers: { threads: 1 },
      ...request,
    },
    onProgress,
  );
}

/** Makes a ledger of derecho without jobs, for what differs between a first load and a later one. */
export async function makeEmptyLedger(ledgerPath: string): Promise<void> {
  const file = `${ledgerPath}.header.csv`;
  writeFileSync(file, jobsExport([]));
  await ingestFiles(ledgerPath, [file]);
  rmSync(file);
}
