import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlob, globMatchesAll } from '../../src/charging/glob.ts';

describe('compileGlob', () => {
  it.each([
    ['*', ''],
    ['*', '.hidden/queue'],
    ['gpu', 'gpu'],
    ['gpu*', 'gpu'],
    ['*gpu*', 'pgpudev'],
    ['*gpu*dev*', 'gpudev'],
    ['a?c', 'abc'],
    ['?', 'é'],
    ['?', '🚀'],
    ['q[1]', 'q[1]'],
    ['a.b+c(d){e}|^$\\/-', 'a.b+c(d){e}|^$\\/-'],
    ['*', 'two\nlines'],
    ['a**b', 'ab'],
  ])('%j matches %j', (glob, name) => {
    expect(compileGlob(glob)(name)).toBe(true);
  });

  it.each([
    ['gpu', 'GPU'],
    ['gpu', 'pgpu'],
    ['gpu', 'gpu2'],
    ['*gpu*dev*', 'devgpu'],
    ['a?c', 'ac'],
    ['q[1]', 'q1'],
    ['a.c', 'abc'],
    ['', 'a'],
    ['a\n', 'a'],
    ['a', 'a\n'],
  ])('%j does not match %j', (glob, name) => {
    expect(compileGlob(glob)(name)).toBe(false);
  });

  it('matches every name that is made by filling its wildcards', () => {
    const literal = fc.string().map((text) => text.replaceAll(/[*?]/g, ''));
    const part = fc.oneof(
      literal.map((text) => ({ glob: text, name: text })),
      fc.string().map((text) => ({ glob: '*', name: text })),
      fc.constantFrom('a', '/', '.', '\n').map((letter) => ({ glob: '?', name: letter })),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const glob = parts.map((each) => each.glob).join('');
        const name = parts.map((each) => each.name).join('');
        expect(compileGlob(glob)(name)).toBe(true);
      }),
    );
  });

  it('without wildcards matches itself alone', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (glob, name) => {
        fc.pre(!/[*?]/.test(glob));
        expect(compileGlob(glob)(name)).toBe(name === glob);
      }),
    );
  });
});

describe('globMatchesAll', () => {
  it('knows the globs that match every name', () => {
    expect(['*', '**'].every(globMatchesAll)).toBe(true);
    expect(['', '?', '?*', 'a*', '*a'].some(globMatchesAll)).toBe(false);
  });
});
