import type { LockHolder } from '../ledger/sqlite/lock-file.ts';

/** For whom a writer waits. */
export function waitingText({ pid, host, command }: LockHolder): string {
  return `waiting for process ${pid} on ${host} (${command}), which is writing to the ledger`;
}
