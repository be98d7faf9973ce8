import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { LINES } from '../../src/sources/record-chunks.ts';
import { TempFolder } from '../support/temp-folder.ts';
import {
  ingestCommand,
  type ProcessEnd,
  runProcess,
  SIGNAL_STATUS,
  startProcess,
} from './child-process.ts';
import type { Disturbance } from './disturbance.ts';
import type { FaultBench } from './fault-bench.ts';

/** Bytes of a block of `ulimit -f` in sh. */
const BLOCK_BYTES = 512;
/** Room for the lock, so that it is the ingest that fails, and for what SQLite keeps beside a ledger. */
const LEAST_ROOM_BYTES = 128 << 10;
const WITH_WORKER = fileURLToPath(new URL('../fixtures/ingest-with-worker.ts', import.meta.url));

/** Ingests the history into the ledger of a place, which is disturbed unless it has ended by then. */
export async function disturbedRun(
  bench: FaultBench,
  place: TempFolder,
  { kind, at }: Disturbance,
): Promise<ProcessEnd> {
  const { history, undisturbed } = bench;
  const command = ingestCommand(history.names);
  const folder = place.path;
  switch (kind) {
    case 'SIGKILL':
    case 'SIGTERM':
    case 'SIGINT':
      return await runUntil(kind, at * undisturbed.milliseconds, command, folder);
    case 'file size limit': {
      const blocks = Math.ceil(roomBytes(bench, place, at) / BLOCK_BYTES);
      const limited = `ulimit -f ${blocks}; exec "$0" "$@"`;
      return await runProcess(['sh', '-c', limited, ...command], { folder });
    }
    case 'full disk':
      return await runOnSmallDisk(roomBytes(bench, place, at), command, folder);
    case 'worker exits':
    case 'worker throws':
    case 'worker out of memory': {
      const files = [...history.contents.keys()];
      const script = [process.execPath, '--max-old-space-size=64', WITH_WORKER];
      return await runProcess([...script, './dying-worker.ts', 'ledger.db', ...files], {
        folder,
        env: {
          QLEDGER_TEST_DEATH: kind,
          QLEDGER_TEST_LAST_CHUNK: String(
            1 + Math.floor((at * bench.stateOf(place).bytesLeft) / LINES.chunkBytes),
          ),
        },
      });
    }
  }
}

/** The statuses that a run may end with that was disturbed before its end. */
export function documentedStatuses(kind: Disturbance['kind']): number[] {
  switch (kind) {
    case 'SIGKILL':
    case 'SIGTERM':
    case 'SIGINT':
      return [SIGNAL_STATUS[kind]];
    case 'full disk':
      return [32];
    case 'file size limit':
      // SQLite does not tell a limit of the system's from a disk that fails.
      return [32, 35];
    default:
      return [1];
  }
}

/** Whether this system lets its users mount a disk of their own, as one that can be filled. */
export function canHaveSmallDisk(): boolean {
  using folder = new TempFolder();
  const mount = 'mount -t tmpfs -o size=64k none .';
  return spawnSync('unshare', ['-rm', 'sh', '-c', mount], { cwd: folder.path }).status === 0;
}

async function runUntil(
  signal: NodeJS.Signals,
  afterMs: number,
  command: readonly string[],
  folder: string,
): Promise<ProcessEnd> {
  const { child, ended } = startProcess(command, { folder });
  const over = new AbortController();
  const sending = delay(afterMs, undefined, { signal: over.signal }).then(
    () => child.kill(signal),
    () => false,
  );
  const end = await ended;
  over.abort();
  await sending;
  return end;
}

/** Nobody but the process sees the disk, so the ledger is brought there and back. */
async function runOnSmallDisk(
  bytes: number,
  command: readonly string[],
  folder: string,
): Promise<ProcessEnd> {
  mkdirSync(`${folder}/disk`);
  const files = 'ledger.db ledger.db-wal ledger.db-shm ledger.db.lock';
  const script = `
    mount -t tmpfs -o size=${Math.ceil(bytes / 1024)}k none disk || exit 99
    for file in ${files}; do test ! -e $file || mv $file disk || exit 99; done
    (cd disk && "$0" "$@")
    status=$?
    for file in disk/*; do test ! -e $file || mv $file . || exit 99; done
    exit $status`;
  const end = await runProcess(['unshare', '-rm', 'sh', '-c', script, ...command], { folder });
  rmSync(`${folder}/disk`, { recursive: true });
  return end;
}

/** Bytes between what a ledger has now and what it must have at the end. */
function roomBytes({ undisturbed }: FaultBench, place: TempFolder, at: number): number {
  const [has, log] = ['', '-wal'].map((ending) => sizeOf(place.file(`ledger.db${ending}`)));
  const least = has + log + LEAST_ROOM_BYTES;
  return least + at * Math.max(0, undisturbed.ledgerBytes - least);
}

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}
