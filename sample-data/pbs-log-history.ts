import { ZoneClock } from '../src/site/zone-clock.ts';
import { zoneTable } from '../src/site/zone-table.ts';
import { BrokenPlaces } from './broken-places.ts';
import type { HistoryOptions } from './history-options.ts';
import type { HistoryPiece } from './history-piece.ts';
import { jobEvents } from './job-events.ts';
import { LocalTimeText } from './local-time-text.ts';
import { brokenPbsLogLine, pbsLicenceLine, pbsLogLines } from './pbs-log.ts';
import { SeededRandom } from './random/seeded-random.ts';

const PIECE_LENGTH = 256 * 1024;

/**
 * Whatever a machine's accounting logs say up to the last of the jobs, in the order of time, as pieces that
 * end at a line end. The broken lines are those of the same jobs as in the exports.
 */
export function* pbsLogHistory(options: HistoryOptions): Generator<HistoryPiece, void> {
  const { machine, jobs, broken, seed, firstDay, jobsPerDay } = options;
  const zone = zoneTable(machine.zone);
  const time = new LocalTimeText(zone);
  const clock = new ZoneClock(zone);
  const breaking = new SeededRandom(`broken ${machine.name} ${seed}`);
  const places = new BrokenPlaces(options);
  const source = jobEvents({ machine, zone, seed, firstDay, jobsPerDay });

  let day = firstDay - 1;
  let text = '';
  const records = jobs + broken;
  for (let ended = 0; ended < records; ) {
    const event = source.next().value;
    const eventDay = clock.localDay(event.second);
    if (eventDay !== day || text.length >= PIECE_LENGTH) {
      if (text !== '') yield { text, day };
      text = eventDay === day ? '' : pbsLicenceLine(clock.dayStart(eventDay), time);
      day = eventDay;
    }
    const ordinal = event.type === 'E' ? places.ordinalAt(ended++) : undefined;
    text +=
      ordinal === undefined
        ? pbsLogLines(event, time)
        : brokenPbsLogLine(event, time, ordinal, breaking);
  }
  if (text !== '') yield { text, day };
}
