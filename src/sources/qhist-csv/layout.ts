import { SourceError } from '../source-error.ts';
import {
  type FieldKind,
  LABELS,
  MEMORY_UNITS,
  REQUIRED_LABELS,
  TIME_UNITS,
  type TimeUnit,
} from './labels.ts';
import { looksLikeHeaderlessExport } from './looks-like-headerless-export.ts';

/** How the lines of one export are laid out: plain data, sent along with each chunk. */
export interface QhistLayout {
  readonly delimiter: string;
  readonly columns: readonly ExportColumn[];
  /** The header line itself, which concatenated exports repeat; empty where an export has none. */
  readonly header: string;
}

export interface ExportColumn {
  readonly label: string;
  readonly field: FieldKind;
  /** Seconds or bytes in one unit of the column; 1 where it has no unit. */
  readonly scale: number;
}

const DELIMITERS = [',', ';', '\t', '|'];
const LABEL_FORM = /^(.*?)(?: ?\(([^()]*)\))?$/;

/**
 * Reads the header of a qhist export.
 * @param defaultTimeUnit the unit of durations where the header names none (qhist prints hours).
 * @returns the layout, and the labels that the ledger keeps nothing of.
 * @throws SourceError where the line is no such header or lacks a column that every job needs.
 */
export function readHeader(
  path: string,
  line: string,
  defaultTimeUnit: TimeUnit,
): { layout: QhistLayout; unknownLabels: string[] } {
  if (line.includes('\r')) {
    throw new SourceError(
      `${path}: its lines end with a carriage return alone, which no export does. Nothing was read. ` +
        'Convert the line ends, for example with: tr "\\r" "\\n"',
    );
  }
  const delimiter = likeliestDelimiter(line);
  const labels = line.split(delimiter).map(unquoted);
  const known = labels.filter((label) => LABELS.has(splitLabel(label).name));
  if (known.length < 2 && looksLikeHeaderlessExport(line)) {
    throw new SourceError(
      `${path}: this export has no header: its first line is a job already. Nothing was read. ` +
        'Name its fields in their order with --fields, such as --fields id,user,queue,submit,end, ' +
        'or export it without --noheader.',
    );
  }
  if (known.length < 2) {
    throw new SourceError(
      `${path}: not a qhist export: its first line has none of the labels that qhist --csv prints ` +
        `(Job ID, User, Queue, Job Submit, ...). Nothing was read. Export it with: qhist --csv`,
    );
  }
  const missing = REQUIRED_LABELS.filter((label) => !known.includes(label));
  if (missing.length > 0) {
    throw new SourceError(
      `${path}: the export lacks ${missing.map((label) => `"${label}"`).join(', ')}, ` +
        'without which a row is no job of a ledger. Nothing was read. ' +
        'Export at least the fields id, user, queue, submit and end.',
    );
  }
  const timeUnit = namedTimeUnit(labels) ?? defaultTimeUnit;
  const columns = labels.map((label, position): ExportColumn => {
    const { name, unit } = splitLabel(label);
    // A repeated label, such as the short id under the second `Job ID`, adds nothing to the first.
    const repeated = labels.findIndex((other) => splitLabel(other).name === name) < position;
    const field = repeated ? undefined : LABELS.get(name);
    return {
      label: name,
      field: field ?? { kind: 'ignored' },
      scale: scaleOf(path, label, field, unit, timeUnit),
    };
  });
  const unknownLabels = labels.filter((label) => !LABELS.has(splitLabel(label).name));
  return { layout: { delimiter, columns, header: line }, unknownLabels };
}

function likeliestDelimiter(line: string): string {
  const knownLabels = (delimiter: string): number =>
    line.split(delimiter).filter((label) => LABELS.has(splitLabel(unquoted(label)).name)).length;
  return DELIMITERS.reduce((best, delimiter) =>
    knownLabels(delimiter) > knownLabels(best) ? delimiter : best,
  );
}

function unquoted(label: string): string {
  return label.trim().replace(/^"(.*)"$/, '$1');
}

/** `Used Mem (GB)`, which an older qhist writes as `Used Mem(GB)`, is the label `Used Mem` with the unit `GB`. */
export function splitLabel(label: string): { name: string; unit: string | undefined } {
  const match = LABEL_FORM.exec(label);
  return { name: match?.[1] ?? label, unit: match?.[2] };
}

/** The label of CPU Time never shows its unit, which is that of the other durations. */
function namedTimeUnit(labels: readonly string[]): string | undefined {
  return labels
    .map(splitLabel)
    .filter(({ name }) => LABELS.get(name)?.kind === 'duration')
    .find(({ unit }) => unit !== undefined && Object.hasOwn(TIME_UNITS, unit))?.unit;
}

function scaleOf(
  path: string,
  label: string,
  field: FieldKind | undefined,
  unit: string | undefined,
  timeUnit: string,
): number {
  if (field?.kind === 'duration') {
    return unitScale(path, label, unit ?? timeUnit, TIME_UNITS);
  }
  if (field?.kind === 'memory') return unitScale(path, label, unit ?? 'GB', MEMORY_UNITS);
  return 1;
}

function unitScale(
  path: string,
  label: string,
  unit: string,
  scales: Readonly<Record<string, number>>,
): number {
  if (Object.hasOwn(scales, unit)) return scales[unit];
  throw new SourceError(
    `${path}: the column "${label}" is in a unit that is not known; allowed are ` +
      `${Object.keys(scales).join(', ')}. Nothing was read.`,
  );
}
