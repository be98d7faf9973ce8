import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { historyPieces } from '../../sample-data/history-pieces.ts';
import { writeHistory } from '../../sample-data/write-history.ts';
import { exampleHistory, historyText } from './history-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'qledger-write-history-'));
const options = exampleHistory();

afterAll(() => rmSync(folder, { recursive: true }));

describe('writeHistory', () => {
  it.each([
    ['plain.csv', (bytes: Buffer) => bytes],
    ['packed.csv.gz', gunzipSync],
    ['packed.csv.zst', zstdDecompressSync],
  ])('writes %s, which gives the history back', async (name, unpack) => {
    const file = join(folder, name);
    await writeHistory(historyPieces('qhist-csv', options), file);
    const expected = historyText('qhist-csv', options);
    expect(unpack(readFileSync(file)).toString('utf8')).toBe(expected);
  });

  it('writes a file for each day into a folder, and makes the folder', async () => {
    const logs = `${join(folder, 'site', 'logs')}/`;
    await writeHistory(historyPieces('pbs-log', options), logs);
    const names = readdirSync(logs).toSorted();
    expect(names.slice(0, 3)).toEqual(['20251101', '20251102', '20251103']);
    const texts = names.map((name) => readFileSync(join(logs, name), 'utf8'));
    expect(texts.join('')).toBe(historyText('pbs-log', options));
    expect(texts[1].startsWith('11/02/2025 00:00:00;L;license;')).toBe(true);
  });

  it('replaces the day files of an existing folder', async () => {
    const logs = `${join(folder, 'twice')}/`;
    await writeHistory(historyPieces('pbs-log', exampleHistory({ seed: 2 })), logs);
    await writeHistory(historyPieces('pbs-log', options), logs.slice(0, -1));
    const first = readFileSync(join(logs, '20251101'), 'utf8');
    expect(historyText('pbs-log', options).startsWith(first)).toBe(true);
  });

  it('writes a log into one file too', async () => {
    const file = join(folder, 'all.log.gz');
    await writeHistory(historyPieces('pbs-log', options), file);
    expect(gunzipSync(readFileSync(file)).toString()).toBe(historyText('pbs-log', options));
  });

  it('refuses a folder for what has no days', async () => {
    await expect(writeHistory(historyPieces('qhist-csv', options), folder)).rejects.toThrow(
      'without a day',
    );
  });
});
