import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { datPieces } from '../output/dat.ts';
import { reportPieces } from '../output/report-pieces.ts';
import { writeWholeFile } from '../output/write-whole-file.ts';
import { PLOT_FILES, plotFileName } from '../reports/plot-files/plot-files.ts';
import { REPORTS } from '../reports/registry.ts';
import { askLedger } from './ask-ledger.ts';
import {
  askReport,
  askShared,
  machineOf,
  questionOf,
  refuseTwins,
  type SharedQuestion,
} from './ask-report.ts';
import { orUsageError } from './or-usage-error.ts';
import type { PackOptions } from './report-command.ts';
import { UsageError } from './usage-error.ts';

/**
 * Writes all reports into a folder, then prints the path of each file, one a line. Files of the same names are
 * replaced, each as a whole.
 * @throws UsageError where there is no such window, or two files would have one name.
 */
export async function writeReportPack(
  out: string,
  options: PackOptions,
  ledgers: readonly string[],
): Promise<void> {
  refuseTwins(ledgers);
  const question = questionOf(ledgers, options);
  const files =
    options.format === 'dat'
      ? plotFiles(ledgers, question)
      : reportFiles(ledgers, question, options);
  refuseSameNames(files);
  await orUsageError('--out', out, async () => mkdirSync(out, { recursive: true }));
  const written: string[] = [];
  try {
    for (const { name, pieces } of files) {
      const path = join(out, name);
      const text = await pieces();
      await orUsageError('--out', out, () => writeWholeFile(path, text));
      written.push(path);
    }
  } finally {
    // Not before: who reads the list may stop, which ends the program.
    process.stdout.write(written.map((path) => `${path}\n`).join(''));
  }
}

/** A file that is to be written; what is in it is asked when its turn comes. */
interface PackFile {
  readonly name: string;
  pieces(): Promise<Iterable<string>>;
}

function reportFiles(
  ledgers: readonly string[],
  question: SharedQuestion,
  options: PackOptions,
): PackFile[] {
  const machines = ledgers.map((ledger) => askLedger(ledger, machineOf)).join('+');
  // A name is what its ledger says it is, and a ledger can come from anywhere.
  const prefix = machines.replaceAll(/[^A-Za-z0-9._+-]/g, '_');
  const format = options.format === 'json' ? 'json' : 'csv';
  return REPORTS.map((definition) => ({
    name: `${prefix}_${definition.name}_${question.from}_${question.to}.${format}`,
    pieces: () => reportPieces(askReport(ledgers, definition, question, options), format),
  }));
}

function plotFiles(ledgers: readonly string[], question: SharedQuestion): PackFile[] {
  return ledgers.flatMap((ledger) => {
    const machine = askLedger(ledger, machineOf);
    return PLOT_FILES.map((file) => ({
      name: plotFileName(machine, file.name, question.from, question.to),
      pieces: async () =>
        datPieces(askShared(ledger, question, (db, asked) => file.answer(db, asked))),
    }));
  });
}

function refuseSameNames(files: readonly PackFile[]): void {
  const names = files.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return;
  throw new UsageError(
    `the files of two machines would both be called ${twice}; write them into folders of their own`,
  );
}
