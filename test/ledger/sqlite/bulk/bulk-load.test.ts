import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledgerContent } from '../../../support/ledger-content.ts';
import { queryColumn } from '../../../support/query-ledger.ts';
import { TempFolder } from '../../../support/temp-folder.ts';
import { propertyRuns } from './property-runs.ts';
import { type HistoryShape, historyOf, historyShapes } from './random-history.ts';
import { indexQueries, storedFaults, storedRows } from './stored-rows.ts';
import { buildLedgerHere, growLedgerHere } from './write-ledger-here.ts';

const SHAPE: HistoryShape = {
  seed: 1,
  pageSize: 4096,
  rows: 1000,
  chunkRows: 100,
  names: 20,
  ends: 'unsorted',
  texts: 'around a page',
  values: 'extreme',
  repeats: 'none',
  forged: false,
};

describe('a ledger that is built as pages', () => {
  const { numRuns, timeoutMs } = propertyRuns(300);

  it(
    'is row for row and entry for entry the one that is filled by statements',
    () => {
      fc.assert(
        fc.property(historyShapes(), (shape) => {
          using folder = new TempFolder();
          const [built, grown] = [folder.file('built.db'), folder.file('grown.db')];
          buildLedgerHere(built, historyOf(shape));
          growLedgerHere(grown, historyOf(shape));
          expect(storedFaults(built)).toEqual([]);
          if (shape.repeats === 'none' && !shape.forged) {
            expect(storedRows(built)).toEqual(storedRows(grown));
          } else {
            // A job that was doubtful gets its row later, and so other ids.
            expect(ledgerContent(built)).toEqual(ledgerContent(grown));
          }
        }),
        { numRuns },
      );
    },
    timeoutMs,
  );
});
