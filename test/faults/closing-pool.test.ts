import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { NODE_COMMAND } from '../support/node-command.ts';
import { runProcess } from './child-process.ts';

const CLOSE_BUSY_POOL = fileURLToPath(new URL('../fixtures/close-busy-pool.ts', import.meta.url));

it('workers whose answers come while they are stopped do not bring the process down', async () => {
  const command = [...NODE_COMMAND, CLOSE_BUSY_POOL];
  const end = await runProcess(command, { folder: import.meta.dirname });
  expect(end).toEqual({ status: 0, bySignal: false, stderr: '' });
});
