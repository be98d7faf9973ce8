import { constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../sample-data/random/seeded-random.ts';
import { openContent } from '../../src/sources/source-content.ts';
import { SourceError } from '../../src/sources/source-error.ts';
import { failureOf } from '../support/failure-of.ts';
import { TempFolder } from '../support/temp-folder.ts';

const SMALL = Buffer.from('a line\nand another one\n');
/** Larger than any buffer on the way, and hard to compress, so that its compressed form is too. */
const LARGE = Buffer.from(randomBytes(700_000));
const NOTHING = Buffer.alloc(0);
/** What pzstd puts before each frame, for its own use. */
const SKIPPABLE = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]);

describe.each([
  ['plain', (content: Buffer) => content],
  ['gzip', (content: Buffer) => gzipSync(content)],
  ['zstd', zstd],
])('a file that is %s', (_form, compress) => {
  it.each([
    ['small', [SMALL]],
    ['large', [LARGE]],
    ['of a byte', [Buffer.from('x')]],
    ['of several parts', [SMALL, LARGE, SMALL, LARGE]],
    ['of many parts', Array.from({ length: 300 }, (_, i) => Buffer.from(`${i}\n`))],
    ['of parts of which some are empty', [NOTHING, SMALL, NOTHING, SMALL, NOTHING]],
    ['of nothing', [NOTHING]],
  ])('and %s is read whole', async (_size, parts) => {
    using folder = new TempFolder();
    const bytes = Buffer.concat(parts.map(compress));
    const read = await readAll(folder.write('file', bytes));
    expect(read.content.equals(Buffer.concat(parts))).toBe(true);
    expect(read.readBytes).toBe(bytes.length);
  });

  it('is read in steps of any length', async () => {
    using folder = new TempFolder();
    const file = folder.write('file', compress(SMALL));
    for (const step of [1, 7, SMALL.length, 1000]) {
      expect((await readAll(file, step)).content.equals(SMALL), `steps of ${step}`).toBe(true);
    }
  });

  it('may be closed in the midst of it', async () => {
    using folder = new TempFolder();
    const content = await openContent(folder.write('file', compress(LARGE)));
    expect(await content.read(Buffer.alloc(10), 0, 10)).toBe(10);
    await content.close();
  });
});

describe.each([
  ['gzip', (content: Buffer) => gzipSync(content), 18],
  ['zstd', zstd, 9],
])('a file of %s', (_form, compress, fewest) => {
  it('that was cut off anywhere is told of, and what came before is not lost in silence', async () => {
    using folder = new TempFolder();
    const whole = compress(SMALL);
    for (let length = 4; length < whole.length; length += length < fewest ? 1 : 3) {
      const file = folder.write('cut', whole.subarray(0, length));
      const failure = await failureOf(readAll(file));
      expect(failure, `${length} bytes`).toBeInstanceOf(SourceError);
      expect(failure.message).toMatch(
        new RegExp(`^${file}: its compressed content is damaged or cut off after \\d+ bytes \\(`),
      );
      expect(failure.message).toContain('Fetch or compress it again.');
    }
  });

  it('that was cut off within a later part is told of', async () => {
    using folder = new TempFolder();
    const [first, second] = [compress(LARGE), compress(SMALL)];
    const bytes = Buffer.concat([first, second.subarray(0, second.length - 3)]);
    expect((await failureOf(readAll(folder.write('cut', bytes)))).message).toContain('cut off');
  });

  it('that is damaged is told of', async () => {
    using folder = new TempFolder();
    const bytes = compress(LARGE);
    bytes[bytes.length - 10] ^= 0xff;
    bytes[bytes.length >> 1] ^= 0xff;
    expect(await failureOf(readAll(folder.write('damaged', bytes)))).toBeInstanceOf(SourceError);
  });

  it('with something else behind it is told of', async () => {
    using folder = new TempFolder();
    const bytes = Buffer.concat([compress(SMALL), Buffer.from('what is this')]);
    expect(await failureOf(readAll(folder.write('more', bytes)))).toBeInstanceOf(SourceError);
  });
});

describe('a file of zstd', () => {
  it('with frames for somebody else is read without them', async () => {
    using folder = new TempFolder();
    const frame = zstd(SMALL);
    const bytes = Buffer.concat([frame, SKIPPABLE, frame, SKIPPABLE]);
    const { content } = await readAll(folder.write('file', bytes));
    expect(content.toString()).toBe(`${SMALL}${SMALL}`);
  });
});

describe('a file that only begins like a compressed one', () => {
  it.each([
    ['gzip', [0x1f, 0x8b]],
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ])('with the mark of %s is cut off', async (_form, mark) => {
    using folder = new TempFolder();
    const file = folder.write('file', Uint8Array.from(mark));
    expect(await failureOf(readAll(file))).toBeInstanceOf(SourceError);
  });

  it.each([[[0x1f]], [[0x28, 0xb5, 0x2f]], [[0x1f, 0x8c, 8, 0]]])('%j is plain', async (bytes) => {
    using folder = new TempFolder();
    const { content } = await readAll(folder.write('file', Uint8Array.from(bytes)));
    expect([...content]).toEqual(bytes);
  });
});

/** With a checksum, as the program `zstd` writes it. */
function zstd(content: Buffer): Buffer {
  return zstdCompressSync(content, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
}

async function readAll(
  path: string,
  step = 65_536,
): Promise<{ content: Buffer; readBytes: number }> {
  const content = await openContent(path);
  try {
    const pieces: Buffer[] = [];
    for (;;) {
      const buffer = Buffer.alloc(step + 1);
      const read = await content.read(buffer, 1, step);
      if (read === 0) return { content: Buffer.concat(pieces), readBytes: content.readBytes };
      pieces.push(buffer.subarray(1, 1 + read));
    }
  } finally {
    await content.close();
  }
}

function randomBytes(length: number): Uint8Array {
  const random = new SeededRandom('content');
  return Uint8Array.from({ length }, () => random.below(256));
}
