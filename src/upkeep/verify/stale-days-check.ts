import { counted } from './counted.ts';
import { MENDS } from './mends.ts';
import { hasOpenRun, staleDays } from './stale-days.ts';
import type { VerifyCheck } from './verify-check.ts';

export const staleDaysCheck: VerifyCheck = {
  name: 'stale-days',
  sound: 'no day waits for its summary, or only those of a run that has not ended well yet',
  *run(db) {
    const days = staleDays(db);
    if (days.size === 0 || hasOpenRun(db)) return;
    const [first] = days;
    yield {
      text:
        `${counted(days.size, 'day waits', 'days wait')} for a summary though the last run was complete, ` +
        `such as ${first}`,
      mend: MENDS.summary,
    };
  },
};
