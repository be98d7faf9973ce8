import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { endRecord } from '../sources/pbs-log/log-line.ts';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerJobs } from '../support/ledger-content.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { LAUNCHER } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

const EXPORT = Buffer.from(jobsExport(EXAMPLE_JOBS));
/** More than a pipe or the look at the head of a file takes at once. */
const LARGE = Buffer.from(
  jobsExport(Array.from({ length: 3000 }, (_, i) => ({ 'Job ID': `${i + 1}.s` }))),
);

describe('qledger ingest of standard input', () => {
  it.each([
    ['an export', EXPORT, 5],
    ['a large export', LARGE, 3000],
    ['an export that is compressed by gzip', gzipSync(EXPORT), 5],
    ['an export in two parts of gzip', twoParts(gzipSync), 3000],
    ['an export in two parts of zstd', twoParts(zstdCompressSync), 3000],
    ['a PBS log', Buffer.from(`${endRecord()}\n`), 1],
  ])('reads %s', async (_what, content, jobs) => {
    using folder = new TempFolder();
    const { status, stderr } = await ingest(folder, [content]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const ledger = folder.file('data/derecho.db');
    expect(ledgerJobs(ledger)).toHaveLength(jobs);
    expect(ledgerFaults(ledger)).toEqual([]);
  });

  it.each([
    ['plain', EXPORT],
    ['gzip', gzipSync(EXPORT)],
    ['zstd', zstdCompressSync(EXPORT)],
  ])('reads what comes byte by byte at first (%s)', async (_form, content) => {
    using folder = new TempFolder();
    const bytes = [...content.subarray(0, 5)].map((byte) => Buffer.from([byte]));
    const { status } = await ingest(folder, [...bytes, content.subarray(5)]);
    expect(status).toBe(0);
    expect(ledgerJobs(folder.file('data/derecho.db'))).toHaveLength(5);
  });

  it.each([
    ['nothing', Buffer.alloc(0), /^qledger: -: the file is empty/],
    ['a letter', Buffer.from('Dear reader,\n'), /^qledger: -: not a qhist export/],
    ['half of an archive', gzipSync(LARGE).subarray(0, 300), /^qledger: -: its compressed content/],
    ['half of a large one', halfOf(gzipSync(diverse())), /^qledger: -: .*damaged or cut off/],
  ])('refuses %s', async (_what, content, message) => {
    using folder = new TempFolder();
    const { status, stderr } = await ingest(folder, [content]);
    expect(status).toBe(22);
    expect(stderr).toMatch(message);
    expect(folder.names()).toEqual([]);
  });

  it.each([
    ['plain', Buffer.from('Dear reader,\n'.repeat(10_000))],
    ['gzip', gzipSync(Buffer.from('Dear reader,\n'.repeat(10_000)))],
    ['zstd', zstdCompressSync(Buffer.from('Dear reader,\n'.repeat(10_000)))],
  ])(
    'ends though the writer of the pipe has not, where it is no history (%s)',
    async (_f, text) => {
      using folder = new TempFolder();
      const { status } = await ingest(folder, [text], false);
      expect(status).toBe(22);
    },
  );
});

/** Two exports after each other, as `cat` makes them of compressed files. */
function twoParts(compress: (content: Buffer) => Buffer): Buffer {
  const half = LARGE.indexOf('\n', LARGE.length >> 1) + 1;
  return Buffer.concat([compress(LARGE.subarray(0, half)), compress(LARGE.subarray(half))]);
}

function halfOf(content: Buffer): Buffer {
  return content.subarray(0, content.length >> 1);
}

/** Jobs that do not compress well, so that a half of them is more than a look at the head takes. */
function diverse(): Buffer {
  const name = (i: number): string => Math.sin(i).toString(36).slice(3);
  const jobs = Array.from({ length: 5000 }, (_, i) => ({
    'Job ID': `${i + 1}.s`,
    'Job Name': name(i) + name(i + 0.5),
  }));
  return Buffer.from(jobsExport(jobs));
}

/** @param ended whether the writer of the pipe is done; if not, it keeps it open. */
async function ingest(
  folder: TempFolder,
  pieces: readonly Buffer[],
  ended = true,
): Promise<{ status: unknown; stderr: string }> {
  const args = [LAUNCHER, 'ingest', '-', '--machine', 'derecho', '--quiet'];
  const child = spawn(process.execPath, args, { cwd: folder.path });
  // It may end before it has read everything.
  child.stdin.on('error', () => {});
  let stderr = '';
  child.stderr.on('data', (piece) => {
    stderr += piece;
  });
  for (const piece of pieces) {
    await new Promise((resolve) => child.stdin.write(piece, resolve));
  }
  if (ended) child.stdin.end();
  const [status] = await once(child, 'exit');
  child.stdin.destroy();
  return { status, stderr };
}
