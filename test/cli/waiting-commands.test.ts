import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { LAUNCHER, runQledger } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

const HOLDER = fileURLToPath(new URL('../fixtures/lock-holder.ts', import.meta.url));

const LEDGER = ['--machine', 'derecho', '--db', 'ledger.db'];
const CAN_BE_QUIET: readonly (readonly [string, readonly string[]])[] = [
  ['ingest', ['ingest', 'jobs.csv']],
  ['rebuild', ['rebuild', 'jobs.csv']],
  ['recharge', ['recharge']],
  ['recharge --summary-only', ['recharge', '--summary-only']],
];
const WRITERS = [...CAN_BE_QUIET, ['rejects retry', ['rejects', 'retry']] as const];

describe('a command that waits for another writer', () => {
  it.each(WRITERS)(
    '%s says for whom, and ends with 130 when it is told to',
    async (_name, args) => {
      using folder = await folderWithLedger();
      await using holder = await LockHolderProcess.start(folder);
      const waiting = spawn(process.execPath, [LAUNCHER, ...args, ...LEDGER, '--wait', '1m'], {
        cwd: folder.path,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let stderr = '';
      waiting.stderr.on('data', (piece) => {
        if (stderr === '') waiting.kill('SIGINT');
        stderr += piece;
      });
      const [status] = await once(waiting, 'close');
      expect(stderr).toMatch(
        new RegExp(
          `^qledger: waiting for process ${holder.pid} on .* \\(ingest\\), which is writing`,
        ),
      );
      expect(stderr).toMatch(/^qledger: interrupted by SIGINT\./m);
      expect(status).toBe(130);
    },
  );

  it.each(CAN_BE_QUIET)('%s says nothing of it with --quiet', async (_name, args) => {
    using folder = await folderWithLedger();
    await using _holder = await LockHolderProcess.start(folder);
    const all = [...args, ...LEDGER, '--wait', '1s', '--quiet'];
    const { status, stdout, stderr } = runQledger(folder.path, ...all);
    expect({ status, stdout }).toEqual({ status: 30, stdout: '' });
    expect(stderr).toMatch(/^qledger: \w+\.db: locked by process .*\n$/);
  });

  it('migrate does as they do', async () => {
    using folder = new TempFolder();
    await using holder = await LockHolderProcess.start(folder);
    const args = ['migrate', 'old.db', ...LEDGER, '--wait', '1s'];
    const { status, stderr } = runQledger(folder.path, ...args);
    expect(status).toBe(30);
    expect(stderr).toMatch(new RegExp(`^qledger: waiting for process ${holder.pid} on `));
    expect(runQledger(folder.path, ...args, '--quiet').stderr).toMatch(
      /^qledger: ledger\.db: locked/,
    );
  });
});

async function folderWithLedger(): Promise<TempFolder> {
  const folder = new TempFolder();
  const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
  await ingestFiles(folder.file('ledger.db'), [file]);
  return folder;
}

class LockHolderProcess implements AsyncDisposable {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(folder: TempFolder): Promise<LockHolderProcess> {
    const child = spawn(process.execPath, [HOLDER, folder.file('ledger.db'), 'ingest', '0'], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await once(child, 'message');
    return new LockHolderProcess(child);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.send('let go');
    await ended;
  }
}
