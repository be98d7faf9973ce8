import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { HistoryOptions } from '../../sample-data/history-options.ts';
import { pbsLogHistory } from '../../sample-data/pbs-log-history.ts';
import { qhistHistory } from '../../sample-data/qhist-history.ts';
import { machineProfiles } from '../../sample-data/world/machine-profiles.ts';
import { writeHistory } from '../../sample-data/write-history.ts';
import { parseLocalDay } from '../../src/site/local-day.ts';
import type { TempFolder } from '../support/temp-folder.ts';

/** What an ingest is given that will be disturbed. */
export interface FaultHistory {
  /** A folder of day files, one of them compressed, and an export; absolute. */
  readonly names: readonly string[];
  /** Of each file its absolute path and its content, decompressed, in the order in which they are read. */
  readonly contents: ReadonlyMap<string, Buffer>;
}

const OPTIONS: Omit<HistoryOptions, 'jobs'> = {
  machine: machineProfiles.derecho,
  broken: 25,
  seed: 1,
  firstDay: parseLocalDay('2025-01-01'),
  jobsPerDay: 1200,
};
const COMPRESSED = '20250102';

/** The export has all jobs, the logs the first half of them: what one tells first the other tells again. */
export async function writeFaultHistory(folder: TempFolder, jobs: number): Promise<FaultHistory> {
  const logs = folder.file('logs');
  await writeHistory(pbsLogHistory({ ...OPTIONS, jobs: jobs / 2 }), `${logs}/`);
  const contents = new Map<string, Buffer>();
  for (const day of readdirSync(logs).sort()) {
    const content = readFileSync(`${logs}/${day}`);
    const isCompressed = day === COMPRESSED;
    contents.set(`${logs}/${day}${isCompressed ? '.gz' : ''}`, content);
    if (!isCompressed) continue;
    writeFileSync(`${logs}/${day}.gz`, gzipSync(content));
    rmSync(`${logs}/${day}`);
  }
  const text = [...qhistHistory({ ...OPTIONS, jobs })].join('');
  const csv = folder.write('jobs.csv', text);
  contents.set(csv, Buffer.from(text));
  return { names: [logs, csv], contents };
}

/** An export of the weeks before, for a ledger that is there already. */
export function earlierExport(): string {
  const firstDay = parseLocalDay('2024-12-20');
  const options = { ...OPTIONS, seed: 2, firstDay, jobs: 2000, jobsPerDay: 300 };
  return [...qhistHistory(options)].join('');
}
