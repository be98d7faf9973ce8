import { counted } from './counted.ts';
import { MENDS } from './mends.ts';
import { hasOpenRun, staleDays, staleSegments } from './stale-days.ts';
import type { VerifyCheck } from './verify-check.ts';

export const staleDaysCheck: VerifyCheck = {
  name: 'stale-days',
  sound:
    'no day waits for its summary and no segment for its facts, or only those of a run that has not ended well yet',
  *run(db) {
    if (hasOpenRun(db)) return;
    const days = staleDays(db);
    const [first] = days;
    if (first !== undefined) {
      yield {
        text:
          `${counted(days.size, 'day waits', 'days wait')} for a summary though the last run was complete, ` +
          `such as ${first}`,
        mend: MENDS.summary,
      };
    }
    const segments = staleSegments(db);
    if (segments.size > 0) {
      yield {
        text: `the facts of ${counted(segments.size, 'segment', 'segments')} wait though the last run was complete`,
        mend: MENDS.summary,
      };
    }
  },
};
