import type { LoadProgress } from '../../pipelines/load-files.ts';
import { countText } from '../output/number-text.ts';
import type { OperatorLog } from './operator-log.ts';

export interface ProgressView {
  readonly update: (progress: LoadProgress) => void;
  readonly stop: () => void;
}

/** Between two plain lines where there is no terminal. */
const LINE_INTERVAL_MS = 5000;

/**
 * Shows how far an ingest is: a bar on a terminal, a plain line every few seconds where there is none.
 * @param stream null for no progress at all.
 * @param log takes the plain lines.
 */
export async function ingestProgress(
  stream: NodeJS.WriteStream | null,
  log: OperatorLog,
  form: 'text' | 'json',
): Promise<ProgressView> {
  if (stream === null) return { update: () => {}, stop: () => {} };
  if (!stream.isTTY || form === 'json') return progressLines(log);
  const { progressBar } = await import('./progress-bar.ts');
  return progressBar(stream);
}

function progressLines(log: OperatorLog): ProgressView {
  let lastAt = performance.now();
  return {
    update: ({ totalBytes, doneBytes, counts }) => {
      const now = performance.now();
      if (now - lastAt < LINE_INTERVAL_MS) return;
      lastAt = now;
      const percent = Math.floor((100 * doneBytes) / totalBytes);
      const { jobs, duplicates, rejects } = counts;
      log.info(
        `${percent}% read, ${countText(jobs)} new jobs, ` +
          `${countText(duplicates)} known, ${countText(rejects)} rejects`,
        { percent, jobs, duplicates, rejects },
      );
    },
    stop: () => {},
  };
}
