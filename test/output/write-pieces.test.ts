import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { writePieces } from '../../src/output/write-pieces.ts';
import { writeWholeFile } from '../../src/output/write-whole-file.ts';
import { TempFolder } from '../support/temp-folder.ts';

const LINE = `${'x'.repeat(99)}\n`;

function* lines(count: number, onLine: (i: number) => void = () => {}): Generator<string> {
  for (let i = 0; i < count; i++) {
    onLine(i);
    yield LINE;
  }
}

describe('writePieces', () => {
  it('writes all of it, in blocks, and leaves the stream open', async () => {
    const blocks: string[] = [];
    const stream = new Writable({
      decodeStrings: false,
      write(block, _encoding, done) {
        blocks.push(String(block));
        done();
      },
    });
    await writePieces(stream, lines(2000));
    expect(blocks.join('')).toBe(LINE.repeat(2000));
    expect(blocks.length).toBeLessThan(10);
    expect(stream.writable).toBe(true);
  });

  it('makes no more of the text than a slow reader has room for', async () => {
    let made = 0;
    let mostAhead = 0;
    let taken = 0;
    const stream = new Writable({
      highWaterMark: 1,
      write(block, _encoding, done) {
        mostAhead = Math.max(mostAhead, made * LINE.length - taken);
        taken += block.length;
        setImmediate(done);
      },
    });
    await writePieces(
      stream,
      lines(50_000, () => {
        made += 1;
      }),
    );
    expect(taken).toBe(50_000 * LINE.length);
    expect(mostAhead).toBeLessThan(1_000_000);
  });
});

describe('writeWholeFile', () => {
  it('replaces a file by a whole one', async () => {
    using folder = new TempFolder();
    const path = folder.write('report.csv', 'old');
    await writeWholeFile(path, lines(3));
    expect(readFileSync(path, 'utf8')).toBe(LINE.repeat(3));
    expect(folder.names()).toEqual(['report.csv']);
  });

  it('leaves the file before it where the text can not be made to its end', async () => {
    using folder = new TempFolder();
    const path = folder.write('report.csv', 'old');
    const broken = lines(5000, (i) => {
      if (i === 4000) throw new Error('the ledger is gone');
    });
    await expect(writeWholeFile(path, broken)).rejects.toThrow('the ledger is gone');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(folder.names()).toEqual(['report.csv']);
  });
});
