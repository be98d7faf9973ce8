import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseGenerateOptions } from '../../sample-data/generate-options.ts';
import { qhistHistory } from '../../sample-data/qhist-history.ts';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'sample-data/README.md'), 'utf8');
const COMMAND = 'npx node sample-data/generate.ts ';
const samples = readme
  .split('\n')
  .filter((line) => line.startsWith(COMMAND) && line.includes('--out sample-data/'))
  .map((line) => parseGenerateOptions(line.slice(COMMAND.length).split(' ')));

describe('the committed samples', () => {
  it('are the two that the README names', () => {
    expect(samples.map(({ out }) => out)).toEqual([
      'sample-data/derecho.csv',
      'sample-data/casper.csv',
    ]);
  });

  it.each(samples)('$out is what its command in the README writes', (options) => {
    const generated = Buffer.from([...qhistHistory(options)].join(''), 'utf8');
    expect(readFileSync(join(root, options.out ?? '')).equals(generated)).toBe(true);
  });

  it('cover both changes of the clock', () => {
    const [derecho, casper] = samples.map(({ out }) => readFileSync(join(root, out ?? ''), 'utf8'));
    // Ends go back by the clock where the hour repeats, though never in truth.
    const repeated = endsOf(derecho).filter((end) => end.startsWith('2025-11-02 01:'));
    expect(repeated).not.toEqual(repeated.toSorted());
    expect(endsOf(casper).some((end) => end < '2026-03-08 02:00:00')).toBe(true);
    expect(endsOf(casper).some((end) => end > '2026-03-08 03:00:00')).toBe(true);
    expect(endsOf(casper).some((end) => end.startsWith('2026-03-08 02:'))).toBe(false);
  });

  it('are small enough to be carried along', () => {
    const sizes = samples.map(({ out }) => statSync(join(root, out ?? '')).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000);
  });
});

function endsOf(text: string): string[] {
  return text
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[10] ?? '');
}
