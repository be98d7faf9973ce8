import { timeUnitThatFits } from '../src/sources/qhist-csv/time-unit-that-fits.ts';
import { wrongTimeUnitText } from '../src/sources/qhist-csv/wrong-time-unit-text.ts';
import { compileContext, type ReadingSettings } from '../src/sources/reading-context.ts';
import type { Source } from '../src/sources/source.ts';
import { SourceError } from '../src/sources/source-error.ts';
import { chunkReader, type SourceFormat } from '../src/sources/source-format.ts';

/**
 * A look at the first rows of an export: are its durations in the unit that they would be read in? A wrong unit
 * would make every charge wrong by the same factor, and nothing in the file says which unit it is.
 * @returns what throws a SourceError that names the unit that fits.
 */
export function timeUnitCheck(settings: ReadingSettings): (source: Source) => Promise<void> {
  const context = compileContext(settings);
  return async ({ path, format, firstRows }) => {
    const scale = elapsedScale(format);
    if (scale === null || firstRows.length === 0) return;
    const read = await chunkReader(format);
    const { batch } = read(firstRows, context);
    const { fits, better } = timeUnitThatFits(batch, scale);
    if (!fits && better !== null) throw new SourceError(wrongTimeUnitText(path, scale, better));
  };
}

/** Seconds in one unit of the elapsed time; null where there is none, or its unit is never in doubt. */
function elapsedScale(format: SourceFormat): number | null {
  switch (format.name) {
    case 'qhist-csv':
      return format.layout.columns.find(({ label }) => label === 'Elapsed')?.scale ?? null;
    case 'qhist-json':
      return format.layout.timeUnitSeconds;
    // The labels of a list name the unit, and PBS writes hours, minutes and seconds.
    case 'qhist-list':
    case 'pbs-log':
      return null;
  }
}
