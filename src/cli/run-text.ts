import { countText, sizeText } from '../output/number-text.ts';
import { alignedTable } from '../output/table.ts';
import { visibleText } from '../output/visible-text.ts';
import type { RunDetails } from '../reports/run-details.ts';
import type { RunFile } from '../reports/run-files.ts';
import { rejectsTable } from './rejects-table.ts';
import { shortPath } from './short-path.ts';

interface RunPlace {
  readonly machine: string | null;
  readonly ledger: string;
  readonly notes: readonly string[];
}

/** One run for people, and where to look on. */
export function runText(details: RunDetails, { machine, ledger, notes }: RunPlace): string {
  const { run, files, newJobs, rejects, steps } = details;
  const facts = [
    run.command,
    run.status,
    `started ${run.startedAt}`,
    run.seconds === null ? 'end unknown' : `${countText(run.seconds)} s`,
    `charge rules v${run.chargeVersion}`,
    `qledger ${run.qledgerVersion}`,
  ];
  return [
    `Run ${run.id} of ${machine ?? 'no machine yet'}: ${facts.join(', ')}`,
    ...(run.error === null ? [] : ['', 'Error:', ...run.error.split('\n').map(visibleText)]),
    ...notes.map((note) => `\nNote: ${note}`),
    '',
    files.length === 0 ? 'It read no files.' : filesTable(files),
    ...(newJobs === 0
      ? []
      : [
          '',
          `${countText(newJobs)} new jobs. List them:`,
          `  qledger jobs --run ${run.id} --db ${ledger}`,
        ]),
    ...(rejects.length === 0
      ? []
      : [
          '',
          rejectsTable(rejects),
          'See them:',
          `  qledger rejects list --run ${run.id} --db ${ledger}`,
        ]),
    ...(steps.length === 0 ? [] : ['', stepsTable(steps)]),
  ].join('\n');
}

function filesTable(files: readonly RunFile[]): string {
  return alignedTable(
    ['File', 'Format', 'Lines', 'New jobs', 'Known', 'Updated', 'Rejects', 'Other', 'Read'],
    files.map((file) => [
      visibleText(shortPath(file.path)),
      file.format,
      ...[
        file.lines,
        file.newJobs,
        file.duplicates,
        file.updated,
        file.rejects,
        file.skippedLines,
      ].map(countText),
      readText(file),
    ]),
    ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right', 'left'],
  );
}

/** How far: offsets count decompressed bytes, so they are no share of the size of a file that is compressed. */
function readText({ complete, fromOffset, toOffset, sizeBytes }: RunFile): string {
  const from = fromOffset > 0 && toOffset === fromOffset ? ', nothing new' : '';
  return complete
    ? `to its end${from}`
    : `up to byte ${countText(toOffset)} (file: ${sizeText(sizeBytes)})`;
}

function stepsTable(steps: RunDetails['steps']): string {
  return alignedTable(
    ['Step', 'Seconds'],
    steps.map(({ step, seconds }) => [step, seconds.toFixed(2)]),
    ['left', 'right'],
  );
}
