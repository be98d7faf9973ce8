import cliProgress from 'cli-progress';
import { countText } from '../output/number-text.ts';
import type { ProgressView } from './progress.ts';

/** How far an ingest is, as a bar on a terminal. */
export function progressBar(stream: NodeJS.WriteStream): ProgressView {
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
