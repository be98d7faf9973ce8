import { EXAMPLE_JOBS } from './example-jobs.ts';
import { ingestFiles } from './ingest-files.ts';
import { jobsExport } from './jobs-export.ts';
import { presetMachine } from './preset-machine.ts';
import { TempFolder } from './temp-folder.ts';

/** A folder with a ledger of the example jobs for each of some machines, in `data/`. */
export async function folderWith(...machines: string[]): Promise<TempFolder> {
  const folder = new TempFolder();
  const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
  for (const name of machines) {
    const ledger = folder.file(`data/${name}.db`);
    await ingestFiles(ledger, [file], { machine: presetMachine(name) });
  }
  return folder;
}
