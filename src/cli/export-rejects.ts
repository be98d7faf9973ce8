import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import { countText } from '../output/number-text.ts';
import type { RejectFilter } from '../reports/reject-filter.ts';
import { eachRejectByFile, type RejectSource, rejectSources } from '../reports/reject-lines.ts';
import { RAW_TEXT_LIMIT } from '../sources/reject.ts';
import { askLedger } from './ask-ledger.ts';
import { isCutText } from './is-cut-text.ts';
import { UsageError } from './usage-error.ts';

interface ExportOutcome {
  readonly format: string | null;
  readonly exported: number;
  /** Not exported: the ledger has only their beginning. */
  readonly cut: number;
  /** Exported, with the replacement character for each byte that was not UTF-8. */
  readonly replaced: number;
  readonly notes: readonly string[];
}

const REPLACEMENT_CHARACTER = '\ufffd';

/**
 * `rejects export`: writes the texts of rejects to a new file, below the header of their export where it had one.
 * JSON is `{ kind: 'rejects-export', machine, ledger, out, format, exported, cut, replaced, notes }`.
 * @throws UsageError where the file exists, or the rejects are of files that can't be one file.
 */
export function exportRejects(
  ledger: string,
  filter: RejectFilter,
  out: string,
  asJson: boolean,
): void {
  let isBegun = false;
  const openOut = (): number => {
    const file = openNew(out);
    isBegun = true;
    return file;
  };
  const { machine, outcome } = askLedger(
    ledger,
    (db) => ({
      machine: ledgerMachine(db)?.machine ?? null,
      outcome: writeRejects(db, filter, openOut),
    }),
    () => {
      if (isBegun) rmSync(out, { force: true });
    },
  );
  if (asJson) {
    process.stdout.write(
      `${JSON.stringify({ kind: 'rejects-export', machine, ledger, out, ...outcome }, null, 2)}\n`,
    );
    return;
  }
  const { exported, notes } = outcome;
  if (outcome.format === null) {
    process.stdout.write('No such rejects; nothing was written.\n');
    return;
  }
  process.stdout.write(
    [
      `${out}: ${countText(exported)} ${exported === 1 ? 'reject' : 'rejects'} (${outcome.format})`,
      ...notes.map((note) => `\nNote: ${note}`),
      '\nNext: mend the lines, then\n' +
        `  qledger ingest ${out} --machine ${machine ?? '<name>'} --db ${ledger}\n`,
    ].join('\n'),
  );
}

function writeRejects(
  db: Database.Database,
  filter: RejectFilter,
  openOut: () => number,
): ExportOutcome {
  const sources = rejectSources(db, filter);
  if (sources.length === 0) return { format: null, exported: 0, cut: 0, replaced: 0, notes: [] };
  if (sources.length > 1) throw notOneFile(sources);
  const [{ format, header }] = sources;
  let exported = 0;
  let cut = 0;
  let replaced = 0;
  const file = openOut();
  try {
    if (header !== null) writeFileSync(file, `${header}\n`);
    for (const reject of eachRejectByFile(db, filter)) {
      if (isCutText(reject)) {
        cut++;
        continue;
      }
      writeFileSync(file, `${reject.rawText}\n`);
      exported++;
      if (reject.rawText.includes(REPLACEMENT_CHARACTER)) replaced++;
    }
  } finally {
    closeSync(file);
  }
  return { format, exported, cut, replaced, notes: notes(sources[0], cut, replaced) };
}

function notes({ format, header }: RejectSource, cut: number, replaced: number): string[] {
  const found = [];
  if (cut > 0) {
    found.push(
      `${countText(cut)} not exported, because a ledger keeps ${countText(RAW_TEXT_LIMIT)} bytes of a ` +
        'line and they may be longer: mend them in their own files.',
    );
  }
  if (replaced > 0) {
    found.push(
      `${countText(replaced)} had bytes that are not UTF-8, each now ${REPLACEMENT_CHARACTER}: ` +
        'put the right characters there.',
    );
  }
  if (format === 'qhist-csv' && header === null) {
    found.push('their export had no header line: ingest with the --fields that it was read with.');
  }
  return found;
}

/** A file that is there may be one that somebody has mended already. */
function openNew(out: string): number {
  try {
    return openSync(out, 'wx');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(
      cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
        ? `--out ${out}: the file is there already, and may hold lines that were mended; name a new one`
        : `--out ${out}: can't be written: ${why}`,
    );
  }
}

function notOneFile(sources: readonly RejectSource[]): UsageError {
  const kinds = sources.map(
    ({ format, files, path }) =>
      `  ${format}: ${countText(files)} ${files === 1 ? 'file' : 'files'}, such as ${path}`,
  );
  return new UsageError(
    'these rejects are of files with different formats or headers, which can not be one file:\n' +
      `${kinds.join('\n')}\n  choose with --file <glob> or --run <run>, and export each on its own`,
  );
}
