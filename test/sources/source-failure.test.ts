import { open } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { SourceError } from '../../src/sources/source-error.ts';
import { checkNotShrunk, sourceFailure } from '../../src/sources/source-failure.ts';
import { failureOf } from '../support/failure-of.ts';

describe('a failure to read on in a source', () => {
  it.each([
    ['/tmp', 'a folder, not a file'],
    ['/proc/self/mem', 'the disk or share that it is on failed'],
  ])('is told in words (%s)', async (path, why) => {
    await using file = await open(path, 'r');
    const cause = await failureOf(file.read(Buffer.alloc(1), 0, 1, 0));
    const failure = sourceFailure(path, cause);
    expect(failure).toBeInstanceOf(SourceError);
    expect(failure).toMatchObject({
      message: `${path}: ${why}. Run the same command again once it can be read.`,
      cause,
    });
  });

  it('stays as it is where the system has not refused anything', () => {
    const fault = new TypeError('x is not a function');
    expect(sourceFailure('jobs.csv', fault)).toBe(fault);
    expect(sourceFailure('jobs.csv', 'a text')).toBe('a text');
  });
});

describe('a source', () => {
  it('that has become shorter is refused', () => {
    expect(() => checkNotShrunk('jobs.csv', 1000, 999)).toThrow(
      new SourceError(
        'jobs.csv: the file became shorter while it was read: it had 1000 bytes and ends now after ' +
          '999. Run the same command again once it is complete; jobs that are in the ledger already ' +
          'change nothing.',
      ),
    );
  });

  it('that has stayed or grown is not', () => {
    expect(() => checkNotShrunk('jobs.csv', 1000, 1000)).not.toThrow();
    expect(() => checkNotShrunk('jobs.csv', 1000, 1300)).not.toThrow();
  });
});
