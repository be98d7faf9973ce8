import { readQhistChunk } from '../src/sources/qhist-csv/read-chunk.ts';
import { timeUnitThatFits } from '../src/sources/qhist-csv/time-unit-that-fits.ts';
import { wrongTimeUnitText } from '../src/sources/qhist-csv/wrong-time-unit-text.ts';
import { compileContext, type ReadingSettings } from '../src/sources/reading-context.ts';
import type { Source } from '../src/sources/source.ts';
import { SourceError } from '../src/sources/source-error.ts';

/**
 * A look at the first rows of an export: are its durations in the unit that they would be read in? A wrong unit
 * would make every charge wrong by the same factor, and nothing in the file says which unit it is.
 * @returns what throws a SourceError that names the unit that fits.
 */
export function timeUnitCheck(settings: ReadingSettings): (source: Source) => void {
  const context = compileContext(settings);
  return ({ path, format, firstRows }) => {
    if (format.name !== 'qhist-csv' || firstRows.length === 0) return;
    const elapsed = format.layout.columns.find(({ label }) => label === 'Elapsed');
    if (elapsed === undefined) return;
    const { batch } = readQhistChunk(firstRows, format.layout, context);
    const { fits, better } = timeUnitThatFits(batch, elapsed.scale);
    if (!fits && better !== null) {
      throw new SourceError(wrongTimeUnitText(path, elapsed.scale, better));
    }
  };
}
