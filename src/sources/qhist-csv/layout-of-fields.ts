import { nearestName } from '../../site/nearest-name.ts';
import { SourceError } from '../source-error.ts';
import { FIELD_LABELS } from './field-labels.ts';
import {
  type FieldKind,
  LABELS,
  MEMORY_UNITS,
  REQUIRED_LABELS,
  TIME_UNITS,
  type TimeUnit,
} from './labels.ts';
import type { ExportColumn, QhistLayout } from './layout.ts';

/** Stands for a column that the ledger is to keep nothing of, whatever the site's qhist calls it. */
const PASSED_OVER = '-';

/**
 * The layout of an export without a header (`--noheader`), from the names of its fields.
 * @param fields the names in the order of the columns, as they were given to `qhist --format`:
 * `id,user,queue,...`; `-` passes a column over.
 * @param timeUnit the unit of all durations (memory is in GB, as qhist prints it).
 * @returns the layout, whose header is empty, and the labels that the ledger keeps nothing of.
 * @throws SourceError where a name is no field of qhist or one is missing that every job needs.
 */
export function layoutOfFields(
  path: string,
  fields: string,
  timeUnit: TimeUnit,
): { layout: QhistLayout; unknownLabels: string[] } {
  const names = fields.split(',').map((name) => name.trim());
  const unknown = names.find((name) => name !== PASSED_OVER && !FIELD_LABELS.has(name));
  if (unknown !== undefined) throw new SourceError(unknownField(path, unknown));
  // The short id follows from the id, wherever it stands.
  const hasId = names.includes('id');
  const kept = names.map((name, place) => {
    const passedOver =
      name === PASSED_OVER || names.indexOf(name) < place || (name === 'short_id' && hasId);
    return passedOver ? undefined : FIELD_LABELS.get(name);
  });
  const missing = REQUIRED_LABELS.filter((label) => !kept.includes(label)).map(fieldName);
  if (missing.length > 0) {
    throw new SourceError(
      `${path}: --fields lacks ${missing.join(', ')}, without which a row is no job of a ledger. ` +
        'Nothing was read. Name all fields of the export, in their order.',
    );
  }
  const columns = names.map((name, place): ExportColumn => {
    const label = kept[place];
    const field = label === undefined ? undefined : LABELS.get(label);
    return {
      label: FIELD_LABELS.get(name) ?? name,
      field: field ?? { kind: 'ignored' },
      scale: scaleOf(field, timeUnit),
    };
  });
  const unknownLabels = kept
    .filter((label) => label !== undefined)
    .filter((label) => !LABELS.has(label));
  return { layout: { delimiter: ',', columns, header: '' }, unknownLabels };
}

function unknownField(path: string, name: string): string {
  const known = [...FIELD_LABELS.keys()];
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  return (
    `${path}: --fields names "${name}", which is no field of qhist.${hint} Nothing was read. ` +
    `Known are ${known.join(', ')}; "${PASSED_OVER}" passes a column over.`
  );
}

function fieldName(label: string): string {
  return [...FIELD_LABELS].find(([, each]) => each === label)?.[0] ?? label;
}

function scaleOf(field: FieldKind | undefined, timeUnit: TimeUnit): number {
  if (field?.kind === 'duration') return TIME_UNITS[timeUnit];
  return field?.kind === 'memory' ? MEMORY_UNITS.GB : 1;
}
