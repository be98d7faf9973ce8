import { zoneTable } from '../src/site/zone-table.ts';
import { brokenLine } from './broken-line.ts';
import { exportHistory } from './export-history.ts';
import type { HistoryOptions } from './history-options.ts';
import { LocalTimeText } from './local-time-text.ts';
import { qhistHeader, qhistLine } from './qhist-csv.ts';

/** A whole all-fields CSV export as pieces of text that end at a line end. */
export function qhistHistory(options: HistoryOptions): Generator<string, void> {
  const { hasPriority, zone } = options.machine;
  const time = new LocalTimeText(zoneTable(zone));
  return exportHistory(options, {
    head: `${qhistHeader(hasPriority)}\n`,
    between: '',
    tail: '',
    printJob: (job) => `${qhistLine(job, time, hasPriority)}\n`,
    printBroken: (job, ordinal, random) =>
      `${brokenLine(qhistLine(job, time, hasPriority), ordinal, random)}\n`,
  });
}
