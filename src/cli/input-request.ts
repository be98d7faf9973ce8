import type { IngestRequest } from '../../pipelines/ingest.ts';
import { loadSite } from '../site/load-site.ts';
import { machineOf } from '../site/machine-of.ts';
import { inputFiles } from '../sources/input-files.ts';
import { fileWindow } from './file-window.ts';
import type { InputOptions } from './input-options.ts';
import { qledgerVersion } from './version.ts';

/**
 * What is to be loaded, by a command line.
 * @throws UsageError, ConfigError or SourceError where it does not fit.
 */
export function inputRequest(
  names: readonly string[],
  options: InputOptions & { readonly today?: true },
  ledgerPath: string,
): { request: IngestRequest; missingDays: readonly string[] } {
  const { timezone, timeUnit, format, fields } = options;
  const machine = machineOf(loadSite(options.config), options.machine);
  const window = fileWindow(options, machine, Date.now() / 1000);
  const { paths, missingDays } = inputFiles(names, window);
  const request = {
    files: paths,
    machine,
    ledgerPath,
    readAs: {
      timeUnit,
      ...(format === undefined ? {} : { format }),
      ...(fields === undefined ? {} : { fields }),
    },
    waitSeconds: options.wait,
    version: qledgerVersion(),
    ...(timezone === undefined ? {} : { sourceZone: timezone }),
  };
  return { request, missingDays };
}
