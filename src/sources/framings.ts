import { wholeRecordsEnd as wholeJsonRecordsEnd } from './qhist-json/record-borders.ts';
import { wholeRecordsEnd as wholeListRecordsEnd } from './qhist-list/record-borders.ts';
import { LINES, type RecordFraming } from './record-chunks.ts';
import type { FormatName } from './source-format.ts';

/** How the content of each format is cut into records. */
export const FRAMINGS: Readonly<Record<FormatName, RecordFraming>> = {
  'qhist-csv': LINES,
  'qhist-json': { ...LINES, wholeRecordsEnd: wholeJsonRecordsEnd, lines: false },
  'qhist-list': { ...LINES, wholeRecordsEnd: wholeListRecordsEnd, lines: false },
  // PBS ends each record with a line feed: one without is still being written. Its records are long, and most of
  // them end no job.
  'pbs-log': { ...LINES, unfinished: 'left', chunkBytes: 4 << 20 },
};
