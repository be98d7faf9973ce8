import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { BenchError } from '../bench-error.ts';

/** The raw history that every contender loads. */
export interface LoadSample {
  readonly file: string;
  readonly jobs: number;
  readonly bytes: number;
  /** Every time in it lies in these years, the first and the last one included. */
  readonly years: { readonly first: number; readonly last: number };
  /** Whether it was written for this benchmark and not found. */
  readonly isNew: boolean;
}

const ROOT = join(import.meta.dirname, '..', '..');
const END_COLUMN = 10;
const LONGEST_LINE = 64 * 1024;
const LINE_FEED = 0x0a;

/**
 * Finds or generates an all-fields export with this many jobs of the machine derecho in the folder. It is
 * read once from end to end, which counts its lines and leaves it in the page cache for all contenders.
 * @throws BenchError where the generator fails or a file of that name holds another number of jobs.
 */
export async function loadSample(jobs: number, folder: string): Promise<LoadSample> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `derecho-${jobs}.csv`);
  const isNew = !existsSync(file);
  if (isNew) generate(jobs, file);
  const lines = await countLines(file);
  if (lines !== jobs + 1) {
    throw new BenchError(
      `${relative('.', file)} has ${lines} lines instead of a header and ${jobs} jobs; ` +
        'remove it, and it will be generated',
    );
  }
  const { bytes, years } = await describe(file);
  return { file, jobs, bytes, years, isNew };
}

/** The file gets its name when it is complete. */
function generate(jobs: number, file: string): void {
  const partial = file.replace(/\.csv$/, '.partial.csv');
  const generator = join(ROOT, 'sample-data', 'generate.ts');
  const args = [generator, '--machine', 'derecho', '--jobs', String(jobs), '--out', partial];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) throw new BenchError(`sample-data/generate.ts ended with status ${status}`);
  renameSync(partial, file);
}

async function countLines(file: string): Promise<number> {
  let lines = 0;
  const chunks: AsyncIterable<Buffer> = createReadStream(file, { highWaterMark: 1024 * 1024 });
  for await (const chunk of chunks) {
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) {
      lines++;
    }
  }
  return lines;
}

async function describe(file: string): Promise<Pick<LoadSample, 'bytes' | 'years'>> {
  const { size: bytes } = await stat(file);
  const firstLine = (await readText(file, 0)).split('\n')[1];
  const lastLine = (await readText(file, Math.max(0, bytes - LONGEST_LINE))).trimEnd().split('\n');
  // Exports are sorted by the end of the job; a job may have been submitted in the year before.
  return { bytes, years: { first: endYear(firstLine) - 1, last: endYear(lastLine.at(-1) ?? '') } };
}

async function readText(file: string, position: number): Promise<string> {
  await using handle = await open(file);
  const { buffer, bytesRead } = await handle.read({
    buffer: Buffer.alloc(LONGEST_LINE),
    position,
  });
  return buffer.toString('utf8', 0, bytesRead);
}

function endYear(line: string): number {
  return Number(line.split(',')[END_COLUMN].slice(0, 4));
}
