import cliProgress from 'cli-progress';
import type { RechargeProgress } from '../../pipelines/charge-ranges.ts';
import { countText } from '../output/number-text.ts';
import type { OperatorLog } from './operator-log.ts';

export interface RechargeProgressView {
  readonly update: (progress: RechargeProgress) => void;
  /** May be called again, to no effect. */
  readonly stop: () => void;
}

/** Between two plain lines where there is no terminal. */
const LINE_INTERVAL_MS = 5000;

/**
 * Shows how far a recharge is, how fast, and when it will be done: a bar on a terminal, a plain line every few
 * seconds where there is none.
 * @param stream null for no progress at all.
 * @param log takes the plain lines.
 */
export function rechargeProgress(
  stream: NodeJS.WriteStream | null,
  log: OperatorLog,
): RechargeProgressView {
  if (stream === null) return { update: () => {}, stop: () => {} };
  return stream.isTTY ? progressBar(stream) : progressLines(log);
}

function progressBar(stream: NodeJS.WriteStream): RechargeProgressView {
  const startedAt = performance.now();
  const bar = new cliProgress.SingleBar(
    {
      format: '{bar} {percentage}% | {done} jobs | {changed} changed | {rate} jobs/s | ETA {left}',
      stream,
      clearOnComplete: true,
      hideCursor: true,
    },
    cliProgress.Presets.shades_grey,
  );
  return {
    update: (progress) => {
      const { share, doneJobs, changedJobs } = progress;
      const payload = {
        done: countText(doneJobs),
        changed: countText(changedJobs),
        ...paceOf(progress, startedAt),
      };
      if (!bar.isActive) bar.start(1, 0, payload);
      bar.update(share, payload);
    },
    stop: () => {
      if (bar.isActive) bar.stop();
    },
  };
}

function progressLines(log: OperatorLog): RechargeProgressView {
  const startedAt = performance.now();
  let lastAt = startedAt;
  return {
    update: (progress) => {
      const now = performance.now();
      if (now - lastAt < LINE_INTERVAL_MS) return;
      lastAt = now;
      const { share, doneJobs, changedJobs } = progress;
      const percent = Math.floor(100 * share);
      const { rate, left } = paceOf(progress, startedAt);
      log.info(
        `${percent}% done, ${countText(changedJobs)} of ${countText(doneJobs)} jobs changed, ` +
          `${rate} jobs/s, ${left} left`,
      );
    },
    stop: () => {},
  };
}

function paceOf(
  { share, doneJobs }: RechargeProgress,
  startedAt: number,
): { rate: string; left: string } {
  const seconds = (performance.now() - startedAt) / 1000;
  const left = Math.ceil(seconds / share - seconds);
  return { rate: countText(doneJobs / seconds), left: `${left} s` };
}
