import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EncodingKernel } from '../../../../src/ledger/sqlite/bulk/encoding-kernel.ts';
import { ledgerContent } from '../../../support/ledger-content.ts';
import { TempFolder } from '../../../support/temp-folder.ts';
import { propertyRuns } from './property-runs.ts';
import { historyOf, historyShapes } from './random-history.ts';
import { ledgerQueries, storedFaults, storedRows } from './stored-rows.ts';
import { buildLedgerHere, growLedgerHere } from './write-ledger-here.ts';

describe('a ledger that is built as pages', () => {
  const { numRuns, timeoutMs } = propertyRuns(300);

  it(
    'is row for row and entry for entry the one that is filled by statements',
    () => {
      const queries = ledgerQueries();
      // What an earlier ledger left in them must not show in a later one.
      const kernels: EncodingKernel[] = [];
      fc.assert(
        fc.property(historyShapes(), (shape) => {
          using folder = new TempFolder();
          const [built, grown] = [folder.file('built.db'), folder.file('grown.db')];
          const history = historyOf(shape);
          buildLedgerHere(built, history, { kernels });
          growLedgerHere(grown, history);
          expect(storedFaults(built)).toEqual([]);
          if (shape.repeats === 'none' && !shape.forged) {
            expect(storedRows(built, queries)).toEqual(storedRows(grown, queries));
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

  it('has its indexes by owner from SQLite where there are more jobs than are sorted in memory', () => {
    const queries = ledgerQueries();
    fc.assert(
      fc.property(historyShapes(), (shape) => {
        using folder = new TempFolder();
        const [written, left] = [folder.file('written.db'), folder.file('left.db')];
        const history = historyOf(shape);
        buildLedgerHere(written, history);
        buildLedgerHere(left, history, { mostSortedJobs: 0 });
        expect(storedFaults(left)).toEqual([]);
        expect(storedRows(left, queries)).toEqual(storedRows(written, queries));
      }),
      { numRuns: 25 },
    );
  });
});
