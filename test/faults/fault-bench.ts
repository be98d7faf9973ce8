import { copyFileSync, existsSync, statSync } from 'node:fs';
import { type ContentDigests, digestLedger } from '../../src/ledger/sqlite/ledger-digest.ts';
import { closeLedger, openForReading } from '../../src/ledger/sqlite/open-ledger.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { ledgerRejects } from '../support/ledger-content.ts';
import { queryLedger, type Row } from '../support/query-ledger.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { batchFaults } from './batch-faults.ts';
import { ingestCommand, runProcess } from './child-process.ts';
import { earlierExport, type FaultHistory, writeFaultHistory } from './fault-history.ts';

export type Lane = 'a ledger that is there' | 'a new ledger';

/** What must be the same however a ledger came to hold the history. */
export interface LedgerOutcome {
  readonly content: ContentDigests;
  readonly rejects: readonly Row[];
  /** What all runs together have made of each file. */
  readonly files: readonly Row[];
}

/** A ledger between two runs. */
export interface LedgerState {
  readonly runs: readonly Row[];
  /** Bytes of the history that are not in it yet. */
  readonly bytesLeft: number;
  readonly faults: readonly string[];
}

/** The history, where an ingest of it begins, and what comes of it when nothing disturbs it. */
export class FaultBench implements Disposable {
  readonly history: FaultHistory;
  readonly undisturbed: {
    readonly milliseconds: number;
    readonly ledgerBytes: number;
    readonly outcome: LedgerOutcome;
  };
  readonly #inputs: TempFolder;
  readonly #earlierLedger: string | null;

  private constructor(
    inputs: TempFolder,
    earlierLedger: string | null,
    history: FaultHistory,
    undisturbed: FaultBench['undisturbed'],
  ) {
    this.#inputs = inputs;
    this.#earlierLedger = earlierLedger;
    this.history = history;
    this.undisturbed = undisturbed;
  }

  static async make(lane: Lane, jobs: number): Promise<FaultBench> {
    const inputs = new TempFolder();
    const history = await writeFaultHistory(inputs, jobs);
    const earlierLedger = lane === 'a new ledger' ? null : inputs.file('earlier.db');
    if (earlierLedger !== null) {
      await ingestFiles(earlierLedger, [inputs.write('earlier.csv', earlierExport())]);
    }
    using place = placeWith(earlierLedger);
    const startedAt = performance.now();
    const { status, stderr } = await runProcess(ingestCommand(history.names), {
      folder: place.path,
    });
    if (status !== 0) throw new Error(`an undisturbed run ended with ${status}: ${stderr}`);
    const milliseconds = performance.now() - startedAt;
    const ledger = place.file('ledger.db');
    const outcome = ledgerOutcome(ledger);
    const ledgerBytes = statSync(ledger).size;
    return new FaultBench(inputs, earlierLedger, history, { milliseconds, ledgerBytes, outcome });
  }

  /** A folder of its own for a ledger, which is in it where there is to be one. */
  place(): TempFolder {
    return placeWith(this.#earlierLedger);
  }

  /** A look at a copy: to open a ledger that was killed is to mend it, which is the next run's part. */
  stateOf(place: TempFolder): LedgerState {
    const bytes = [...this.history.contents.values()].reduce((sum, { length }) => sum + length, 0);
    if (!existsSync(place.file('ledger.db'))) return { runs: [], bytesLeft: bytes, faults: [] };
    using copy = new TempFolder();
    const ledger = copy.file('ledger.db');
    for (const ending of ['', '-wal', '-journal']) {
      const original = place.file(`ledger.db${ending}`);
      if (existsSync(original)) copyFileSync(original, `${ledger}${ending}`);
    }
    const read = queryLedger(ledger, 'SELECT path, committed_offset FROM source_files').filter(
      ({ path }) => this.history.contents.has(String(path)),
    );
    return {
      bytesLeft: read.reduce((left, row) => left - Number(row.committed_offset), bytes),
      runs: queryLedger(ledger, 'SELECT id, status, finished_at, error FROM runs ORDER BY id'),
      faults: batchFaults(ledger, this.history.contents),
    };
  }

  [Symbol.dispose](): void {
    this.#inputs[Symbol.dispose]();
  }
}

export function ledgerOutcome(ledger: string): LedgerOutcome {
  return {
    content: contentOf(ledger),
    rejects: ledgerRejects(ledger),
    // A run that ends between the opening of a file and its first batch leaves an entry of nothing.
    files: queryLedger(
      ledger,
      `SELECT f.path, max(f.complete) AS complete, max(f.committed_offset) AS committed_offset,
         max(f.next_line) AS next_line, sum(r.lines) AS lines, sum(r.jobs) AS jobs,
         sum(r.duplicates) AS duplicates, sum(r.rejects) AS rejects, sum(r.skipped_lines) AS skipped_lines
       FROM source_files f JOIN run_files r ON r.file_id = f.id GROUP BY f.path ORDER BY f.path`,
    ),
  };
}

export function contentOf(ledger: string): ContentDigests {
  const db = openForReading(ledger);
  try {
    return digestLedger(db);
  } finally {
    closeLedger(db);
  }
}

function placeWith(ledger: string | null): TempFolder {
  const place = new TempFolder();
  if (ledger !== null) copyFileSync(ledger, place.file('ledger.db'));
  return place;
}
