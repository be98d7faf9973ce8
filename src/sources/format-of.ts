import { isDayFile } from './day-file.ts';
import { looksLikePbsLog } from './pbs-log/looks-like-pbs-log.ts';
import { TIME_UNITS, type TimeUnit } from './qhist-csv/labels.ts';
import { readHeader } from './qhist-csv/layout.ts';
import { layoutOfFields } from './qhist-csv/layout-of-fields.ts';
import { looksLikeQhistJson } from './qhist-json/looks-like-qhist-json.ts';
import { labelsOfList } from './qhist-list/labels-of-list.ts';
import { looksLikeQhistList } from './qhist-list/looks-like-qhist-list.ts';
import type { Source } from './source.ts';
import { SourceError } from './source-error.ts';
import type { FormatName } from './source-format.ts';

/** How the user says that files are to be read. */
export interface ReadAs {
  /** The format; told from the content by default. */
  readonly format?: FormatName;
  /** Names of the fields of a CSV export without a header, joined by commas. */
  readonly fields?: string;
  /** Unit of durations where the file names none. */
  readonly timeUnit: TimeUnit;
}

const LINE_FEED = 10;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * Tells by its head what a file is.
 * @throws SourceError where it is empty or no raw history.
 */
export function formatOf(
  path: string,
  head: Buffer<ArrayBuffer>,
  readAs: ReadAs,
): Pick<Source, 'format' | 'rows' | 'header' | 'unknownLabels'> {
  const fromTheTop = { rows: { offset: 0, line: 1 }, header: null, unknownLabels: [] };
  const timeUnitSeconds = TIME_UNITS[readAs.timeUnit];
  const name = head.length === 0 ? formatOfNothing(path, readAs) : knownFormat(head, readAs);
  switch (name) {
    case 'pbs-log':
      return { format: { name }, ...fromTheTop };
    case 'qhist-json':
      return { format: { name, layout: { timeUnitSeconds } }, ...fromTheTop };
    case 'qhist-list': {
      const layout = { timeUnitSeconds, labels: labelsOfList(head) };
      return { format: { name, layout }, ...fromTheTop };
    }
    case 'qhist-csv':
      return csvFormat(path, head, readAs);
  }
}

/** A day without any event still has its log. */
function formatOfNothing(path: string, { format }: ReadAs): FormatName {
  if (format === 'pbs-log' || (format === undefined && isDayFile(path))) return 'pbs-log';
  throw new SourceError(
    `${path}: the file is empty; even an export without jobs has a header line. ` +
      'Did the export run? Nothing was read.',
  );
}

function knownFormat(head: Buffer<ArrayBuffer>, { fields, format }: ReadAs): FormatName {
  if (format !== undefined) return format;
  if (fields !== undefined) return 'qhist-csv';
  const text = head.toString('utf8');
  if (looksLikePbsLog(text)) return 'pbs-log';
  if (looksLikeQhistJson(text)) return 'qhist-json';
  if (looksLikeQhistList(text)) return 'qhist-list';
  return 'qhist-csv';
}

function csvFormat(
  path: string,
  head: Buffer<ArrayBuffer>,
  { fields, timeUnit }: ReadAs,
): Pick<Source, 'format' | 'rows' | 'header' | 'unknownLabels'> {
  const name = 'qhist-csv';
  if (fields !== undefined) {
    const { layout, unknownLabels } = layoutOfFields(path, fields, timeUnit);
    return {
      format: { name, layout },
      rows: { offset: 0, line: 1 },
      header: null,
      unknownLabels,
    };
  }
  const lineFeed = head.indexOf(LINE_FEED);
  const lineEnd = lineFeed === -1 ? head.length : lineFeed;
  const mark = BYTE_ORDER_MARK.every((byte, i) => head[i] === byte) ? BYTE_ORDER_MARK.length : 0;
  const header = head.toString('utf8', mark, lineEnd).replace(/\r$/, '');
  const { layout, unknownLabels } = readHeader(path, header, timeUnit);
  const offset = Math.min(lineEnd + 1, head.length);
  return { format: { name, layout }, rows: { offset, line: 2 }, header, unknownLabels };
}
