import type { Report, ReportColumn, ReportValue } from './report.ts';

/** Counts of who is the same person on every machine, or on none. */
const DISTINCT_COUNT = /(?:^|_)(?:users|accounts)$/;
const MACHINE: ReportColumn = { key: 'machine', label: 'Machine', kind: 'text' };
/** What the line of sums has for a machine. */
export const ALL_MACHINES = 'all';

/**
 * The same report of several machines as one: their rows below each other with the machine in front, then a line of
 * sums. Only counts and hours add up; of all other columns a note says that they do not.
 * @param reports of one kind and one window, at least one.
 * @param isCut whether they hold only their largest rows.
 */
export function combinedReport(reports: readonly Report[], isCut = false): Report {
  const [first] = reports;
  const { columns } = first;
  const rows = reports.flatMap(({ machine, rows }) => rows.map((row) => [machine, ...row]));
  const hasSums = rows.length > 0 && columns.some(addsUp);
  const notes = reports.flatMap(({ machine, notes }) => notes.map((note) => `${machine}: ${note}`));
  return {
    ...first,
    machine: reports.map(({ machine }) => machine).join(', '),
    columns: [MACHINE, ...columns],
    rows: hasSums ? [...rows, [ALL_MACHINES, ...sumsOf(reports, columns)]] : rows,
    notes: hasSums ? [...notes, ...sumNotes(columns, isCut)] : notes,
  };
}

/** Whether the values of several rows or machines make a whole. */
export function addsUp({ key, kind }: ReportColumn): boolean {
  return kind === 'hours' || (kind === 'count' && !DISTINCT_COUNT.test(key));
}

function sumsOf(reports: readonly Report[], columns: readonly ReportColumn[]): ReportValue[] {
  const rows = reports.flatMap((report) => report.rows);
  return columns.map((column, i) => {
    const known = addsUp(column) ? rows.flatMap((row) => row[i] ?? []) : [];
    return known.length === 0 ? null : known.reduce<number>((sum, value) => sum + Number(value), 0);
  });
}

function sumNotes(columns: readonly ReportColumn[], isCut: boolean): string[] {
  const others = columns.filter(
    (column) => !addsUp(column) && column.kind !== 'text' && column.kind !== 'date',
  );
  return [
    ...(isCut
      ? ['The last line adds up the lines that are shown, not those that were left out.']
      : []),
    ...(others.length === 0
      ? []
      : [`The last line does not add up: ${others.map(({ label }) => label).join(', ')}.`]),
  ];
}
