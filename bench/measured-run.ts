import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { BenchError } from './bench-error.ts';

/** A program to be run to its end, from the folder in which the benchmark was started. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** What it reads on standard input; nothing by default. */
  readonly input?: string;
  /** What it ends with when all is well; 0 by default. */
  readonly status?: number;
}

/** What a process cost, all its threads together; null is what this system cannot tell. */
export interface Measurement {
  readonly wallSeconds: number;
  readonly cpuSeconds: number | null;
  readonly peakRssBytes: number | null;
}

export type Meter = 'GNU time' | '/proc' | 'clock';

const GNU_TIME = '/usr/bin/time';
const SAMPLE_MILLISECONDS = 20;
/** Linux reports CPU time to programs in ticks of 10 ms on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;
const STDERR_TAIL = 4000;

/**
 * Runs a program in its own process and measures it from outside, so that every contender is measured
 * alike.
 * @throws BenchError with the end of its standard error where it fails.
 */
export async function measuredRun(command: Command, meter: Meter): Promise<Measurement> {
  const started = performance.now();
  if (meter === 'GNU time') {
    const stderr = await finished(start(underGnuTime(command)), command);
    return { wallSeconds: secondsSince(started), ...readGnuTime(stderr) };
  }
  const child = start(command);
  const sampler = meter === '/proc' ? new ProcSampler(child) : undefined;
  try {
    await finished(child, command);
    const wallSeconds = secondsSince(started);
    return { wallSeconds, ...(sampler?.usage() ?? { cpuSeconds: null, peakRssBytes: null }) };
  } finally {
    sampler?.stop();
  }
}

/** The best meter here: GNU time is exact, sampling /proc misses what happens in the last 20 ms. */
export function bestMeter(): Meter {
  const time = spawnSync(GNU_TIME, ['--version'], { encoding: 'utf8' });
  if (`${time.stdout}${time.stderr}`.includes('GNU')) return 'GNU time';
  return process.platform === 'linux' ? '/proc' : 'clock';
}

function start({ program, args, input }: Command): ChildProcess {
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'] });
  // A program that fails early closes its input; its exit status tells the story.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input ?? '');
  return child;
}

/** @returns the end of its standard error. */
function finished(child: ChildProcess, { program, args, status = 0 }: Command): Promise<string> {
  return new Promise((resolve, reject) => {
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-STDERR_TAIL);
    });
    child.once('error', (cause) => reject(new BenchError(`cannot start ${program}`, { cause })));
    child.once('close', (code, signal) => {
      if (code === status) return resolve(stderr);
      const ending = signal === null ? `exit status ${code}` : `signal ${signal}`;
      const text = `${[program, ...args].join(' ')}\nended with ${ending}:\n${stderr.trimEnd()}`;
      reject(new BenchError(text));
    });
  });
}

/** GNU time adds its own line to the end of what the program wrote to standard error. */
function underGnuTime({ program, args, ...rest }: Command): Command {
  return { ...rest, program: GNU_TIME, args: ['-f', '%U %S %M', program, ...args] };
}

function readGnuTime(stderr: string): Omit<Measurement, 'wallSeconds'> {
  const line = stderr.trimEnd().split('\n').at(-1) ?? '';
  const [user, system, kibibytes] = line.split(' ').map(Number);
  return { cpuSeconds: user + system, peakRssBytes: kibibytes * 1024 };
}

/** Reads the usage of a running process from /proc time and again; the last reading before its end counts. */
class ProcSampler {
  readonly #folder: string;
  readonly #timer: NodeJS.Timeout;
  #cpuSeconds: number | null = null;
  #peakRssBytes: number | null = null;

  constructor(child: ChildProcess) {
    this.#folder = `/proc/${child.pid}`;
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MILLISECONDS);
  }

  usage(): Omit<Measurement, 'wallSeconds'> {
    return { cpuSeconds: this.#cpuSeconds, peakRssBytes: this.#peakRssBytes };
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #sample(): void {
    try {
      // The name of the program stands in parentheses and may hold anything; numbers follow the last one.
      const fields =
        readFileSync(`${this.#folder}/stat`, 'utf8').split(')').at(-1)?.split(' ') ?? [];
      this.#cpuSeconds = (Number(fields[12]) + Number(fields[13])) / TICKS_PER_SECOND;
      const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`${this.#folder}/status`, 'utf8'));
      if (peak !== null) this.#peakRssBytes = Number(peak[1]) * 1024;
    } catch {
      // It has ended between two samples.
    }
  }
}

function secondsSince(milliseconds: number): number {
  return (performance.now() - milliseconds) / 1000;
}
