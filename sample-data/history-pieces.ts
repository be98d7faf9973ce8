import { exportHistory } from './export-history.ts';
import type { HistoryOptions } from './history-options.ts';
import type { HistoryPiece } from './history-piece.ts';
import { pbsLogHistory } from './pbs-log-history.ts';
import { qhistHistory } from './qhist-history.ts';
import { qhistJsonFormat } from './qhist-json.ts';
import { qhistListFormat } from './qhist-list.ts';

export const HISTORY_FORMATS = ['qhist-csv', 'qhist-json', 'qhist-list', 'pbs-log'] as const;

export type HistoryFormat = (typeof HISTORY_FORMATS)[number];

/** The same jobs in any of the formats. */
export function historyPieces(
  format: HistoryFormat,
  options: HistoryOptions,
): Iterable<HistoryPiece> {
  switch (format) {
    case 'qhist-csv':
      return withoutDays(qhistHistory(options));
    case 'qhist-json':
      return withoutDays(exportHistory(options, qhistJsonFormat(options)));
    case 'qhist-list':
      return withoutDays(exportHistory(options, qhistListFormat(options)));
    case 'pbs-log':
      return pbsLogHistory(options);
  }
}

function* withoutDays(texts: Iterable<string>): Generator<HistoryPiece, void> {
  for (const text of texts) yield { text, day: null };
}
