import type Database from 'better-sqlite3';
import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import { countText } from '../output/number-text.ts';
import { visibleText } from '../output/visible-text.ts';
import type { RejectFilter } from '../reports/reject-filter.ts';
import { type RejectLine, rejectById, rejectLines } from '../reports/reject-lines.ts';
import { RAW_TEXT_LIMIT, REJECT_CODES } from '../sources/reject.ts';
import { askLedger } from './ask-ledger.ts';
import { isCutText } from './is-cut-text.ts';
import { isRejectCode, rejectMeaning } from './reject-meaning.ts';
import { UsageError } from './usage-error.ts';

/**
 * `rejects show`: JSON is `{ kind: 'rejects', machine, ledger, rejects }`.
 * @param which the id of one, or a code.
 * @throws UsageError where it is neither.
 */
export function printRejects(
  ledger: string,
  which: string,
  filter: RejectFilter,
  limit: number,
  asJson: boolean,
): void {
  const { machine, rejects } = askLedger(ledger, (db) => ({
    machine: ledgerMachine(db)?.machine ?? null,
    rejects: find(db, which, filter, limit),
  }));
  const explained = rejects.map((reject) => ({
    ...reject,
    meaning: rejectMeaning(reject.code),
    cut: isCutText(reject),
  }));
  process.stdout.write(
    asJson
      ? `${JSON.stringify({ kind: 'rejects', machine, ledger, rejects: explained }, null, 2)}\n`
      : `${rejects.length === 0 ? 'No such rejects.' : rejects.map(rejectText).join('\n\n')}\n`,
  );
}

function find(
  db: Database.Database,
  which: string,
  filter: RejectFilter,
  limit: number,
): RejectLine[] {
  if (isRejectCode(which)) return rejectLines(db, { ...filter, code: which }, limit);
  if (!/^\d+$/.test(which)) {
    throw new UsageError(
      `${which}: neither the number of a reject nor a code; ` +
        `the codes are ${Object.keys(REJECT_CODES).join(', ')}`,
    );
  }
  const reject = rejectById(db, Number(which));
  if (reject === undefined) {
    throw new UsageError(
      `${db.name} has no reject ${which}. A file that is read again has its rejects read again too, ` +
        `under new numbers: qledger rejects list --db ${db.name}`,
    );
  }
  return [reject];
}

function rejectText(reject: RejectLine): string {
  const { id, runId, path, format, line, byteOffset, code, reason, rawText } = reject;
  const cut = isCutText(reject)
    ? `\n  (cut: a ledger keeps ${countText(RAW_TEXT_LIMIT)} bytes of a line)`
    : '';
  return [
    `Reject ${id}: ${visibleText(path)}:${line}, byte ${byteOffset} (${format}), run ${runId}`,
    `  ${code}: ${rejectMeaning(code)}`,
    `  ${visibleText(reason)}`,
    // Records of some formats have several lines.
    ...rawText.split('\n').map((text) => `  | ${visibleText(text)}`),
  ]
    .join('\n')
    .concat(cut);
}
