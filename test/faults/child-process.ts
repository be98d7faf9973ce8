import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { text } from 'node:stream/consumers';
import { LAUNCHER } from '../support/run-qledger.ts';

/** How a process ended. */
export interface ProcessEnd {
  /** As a shell tells it: 128 and the number of the signal, where it was that. */
  readonly status: number;
  /** Whether the signal ended it without a last word of its own. */
  readonly bySignal: boolean;
  readonly stderr: string;
}

export interface StartedProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<ProcessEnd>;
}

export interface ProcessOptions {
  readonly folder: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What it reads from standard input; nothing by default. */
  readonly stdin?: 'pipe' | 'ignore';
}

export const SIGNAL_STATUS = {
  SIGINT: 128 + constants.signals.SIGINT,
  SIGTERM: 128 + constants.signals.SIGTERM,
  SIGKILL: 128 + constants.signals.SIGKILL,
} as const;

/** The command line of an ingest into `ledger.db`, to be run by this Node. */
export function ingestCommand(names: readonly string[], ...options: string[]): string[] {
  const ledger = ['--machine', 'derecho', '--db', 'ledger.db'];
  return [process.execPath, LAUNCHER, 'ingest', ...names, ...ledger, '--quiet', ...options];
}

export function startProcess(
  [program, ...args]: readonly string[],
  { folder, env = {}, stdin = 'ignore' }: ProcessOptions,
): StartedProcess {
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: [stdin, 'ignore', 'pipe'],
  });
  return { child, ended: endOf(child) };
}

export function runProcess(
  command: readonly string[],
  options: ProcessOptions,
): Promise<ProcessEnd> {
  return startProcess(command, options).ended;
}

async function endOf(child: ChildProcess): Promise<ProcessEnd> {
  const [[code, signal], stderr] = await Promise.all([
    once(child, 'exit'),
    child.stderr === null ? '' : text(child.stderr),
  ]);
  const status = code ?? 128 + Number(Object(constants.signals)[signal]);
  return { status, bySignal: code === null, stderr };
}
