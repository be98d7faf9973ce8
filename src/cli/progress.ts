import cliProgress from 'cli-progress';
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
export function ingestProgress(
  stream: NodeJS.WriteStream | null,
  log: OperatorLog,
  form: 'text' | 'json',
): ProgressView {
  if (stream === null) return { update: () => {}, stop: () => {} };
  return stream.isTTY && form === 'text' ? progressBar(stream) : progressLines(log);
}

function progressBar(stream: NodeJS.WriteStream): ProgressView {
  const startedAt = performance.now();
  const bar = new cliProgress.SingleBar(
    {
      format:
        '{bar} {percentage}% | {jobs} jobs | {rate} lines/s | {rejects} rejects | ETA {eta_formatted}',
      stream,
      clearOnComplete: true,
      hideCursor: true,
    },
    cliProgress.Presets.shades_grey,
  );
  let started = false;
  return {
    update: ({ totalBytes, doneBytes, counts }) => {
      const payload = {
        jobs: countText(counts.jobs),
        rate: countText(counts.lines / ((performance.now() - startedAt) / 1000)),
        rejects: countText(counts.rejects),
      };
      if (!started) bar.start(totalBytes, 0, payload);
      started = true;
      bar.update(doneBytes, payload);
    },
    stop: () => {
      if (started) bar.stop();
    },
  };
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
