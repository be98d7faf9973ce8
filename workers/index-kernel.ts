import { workerData } from 'node:worker_threads';
import { IndexKernel } from '../src/ledger/sqlite/bulk/index-kernel.ts';
import type { WorkerSettings } from './messages.ts';

const settings: WorkerSettings = workerData;

/** One for all indexes that a thread writes, as it writes one at a time. */
export const indexKernel = new IndexKernel(settings.kernel);
