import { type IngestRequest, type IngestResult, ingest } from '../../pipelines/ingest.ts';
import { presetMachine } from './preset-machine.ts';

/** Ingests files of derecho with one reading thread, unless told otherwise. */
export function ingestFiles(
  ledgerPath: string,
  files: readonly string[],
  request: Partial<IngestRequest> = {},
): Promise<IngestResult> {
  return ingest({
    files,
    ledgerPath,
    machine: presetMachine('derecho'),
    version: '0.0.0-test',
    readers: { threads: 1 },
    ...request,
  });
}
