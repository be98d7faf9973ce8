import { hash } from 'node:crypto';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { queryColumn, queryLedger } from '../support/query-ledger.ts';

const LINE_FEED = 10;

/**
 * What is wrong with a ledger whose last run may not have come to its end: empty where every batch is in it as
 * a whole or not at all. Days that are marked as stale need not be summarised.
 * @param contents of the files that were read, decompressed; those that are not among them are left out.
 */
export function batchFaults(ledger: string, contents: ReadonlyMap<string, Buffer>): string[] {
  const stale = queryColumn(ledger, 'SELECT date FROM stale_days');
  const isOfStaleDay = (fault: string): boolean =>
    fault.startsWith('stale ') || stale.some((date) => fault.includes(`"date":"${date}"`));
  return [
    ...ledgerFaults(ledger).filter((fault) => !isOfStaleDay(fault)),
    ...countFaults(ledger, 'jobs'),
    ...countFaults(ledger, 'rejects'),
    ...lineFaults(ledger),
    ...placeFaults(ledger, contents),
  ];
}

/** What the journal says that a run has taken from a file must be what there is of the two. */
function countFaults(ledger: string, table: 'jobs' | 'rejects'): string[] {
  return queryLedger(
    ledger,
    `SELECT r.run_id AS run, f.path, r.${table} AS journal, found.rows AS found
     FROM run_files r
     JOIN source_files f ON f.id = r.file_id
     FULL JOIN (SELECT run_id, file_id, count(*) AS rows FROM ${table} GROUP BY run_id, file_id) found
       ON found.run_id = r.run_id AND found.file_id = r.file_id
     WHERE coalesce(r.${table}, -1) <> coalesce(found.rows, 0)`,
  ).map((row) => `${table} of the journal: ${JSON.stringify(row)}`);
}

function lineFaults(ledger: string): string[] {
  return queryLedger(
    ledger,
    `SELECT * FROM run_files WHERE lines <> jobs + duplicates + updated + rejects + skipped_lines`,
  ).map((row) => `lines of the journal: ${JSON.stringify(row)}`);
}

/** A file must be read up to the border of a record, to which its hash, its lines and its jobs must fit. */
function placeFaults(ledger: string, contents: ReadonlyMap<string, Buffer>): string[] {
  return queryLedger(
    ledger,
    `SELECT path, committed_offset, content_hash, next_line, complete,
       (SELECT max(line) FROM jobs WHERE file_id = f.id) AS last_line
     FROM source_files f`,
  ).flatMap(({ path, committed_offset, content_hash, next_line, complete, last_line }) => {
    const content = contents.get(String(path));
    if (content === undefined) return [];
    const read = content.subarray(0, Number(committed_offset));
    const lines = linesOf(read);
    const isHashed = content_hash === hash('sha256', read, 'hex');
    // Only a file of which no batch is in the ledger yet has none.
    const isUnread = content_hash === null && last_line === null && complete === 0;
    const faults = [
      read.length > 0 && read.at(-1) !== LINE_FEED ? 'ends in the midst of a line' : '',
      complete === 1 && read.length < content.length ? 'is not read to its end' : '',
      isHashed || isUnread ? '' : 'has another hash',
      next_line === lines + 1 ? '' : `goes on at line ${next_line} instead of ${lines + 1}`,
      Number(last_line) > lines ? `has a job of line ${last_line}, behind ${lines}` : '',
    ];
    return faults
      .filter((fault) => fault !== '')
      .map((fault) => `${path} up to ${committed_offset}: ${fault}`);
  });
}

function linesOf(content: Buffer): number {
  let lines = 0;
  for (let at = content.indexOf(LINE_FEED); at >= 0; at = content.indexOf(LINE_FEED, at + 1)) {
    lines++;
  }
  return lines;
}
