import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSelectStatement } from '../../src/sources/select-statement.ts';

const NOTHING = { mpiprocs: null, ompthreads: null, cpuType: null, gpuType: null };

describe('parseSelectStatement', () => {
  it.each([
    ['1:ncpus=128:mpiprocs=128:ompthreads=1', { mpiprocs: 128, ompthreads: 1 }],
    ['2:ncpus=64:mem=480GB:ngpus=4:gpu_type=a100', { gpuType: 'a100' }],
    ['1:ncpus=36:cpu_type=skylake', { cpuType: 'skylake' }],
    ['ncpus=4:mpiprocs=2', { mpiprocs: 2 }],
    ['4', {}],
    ['', {}],
    ['1:mpiprocs=0', { mpiprocs: 0 }],
    ['1:mpiprocs', {}],
    ['1:mpiprocs=', {}],
    ['1:mpiprocs=many:ompthreads=-1', {}],
    ['1:mpiprocs=12345678901', {}],
    ['1:vnode=a=b:mpiprocs=3', { mpiprocs: 3 }],
    ['::', {}],
    ['+', {}],
    ['1:cpu_type=:gpu_type=', {}],
  ])('reads %j', (text, said) => {
    expect(parseSelectStatement(text)).toEqual({ ...NOTHING, ...said });
  });

  it.each([
    ['of the kind with the most nodes', '1:ncpus=1:mpiprocs=1+8:ncpus=128:mpiprocs=64', 64],
    ['of the first of equals', '2:mpiprocs=3+2:mpiprocs=5', 3],
    ['of a kind without a count, which is one node', 'mpiprocs=7+1:mpiprocs=9', 7],
    ['of that kind alone', '8:ncpus=128+1:ncpus=1:mpiprocs=1', null],
    ['of none that has no node', '0:mpiprocs=5', null],
  ])('takes the ranks %s', (_, text, mpiprocs) => {
    expect(parseSelectStatement(text).mpiprocs).toBe(mpiprocs);
  });

  it('takes the first hardware type that any kind of node names', () => {
    const text = '8:ncpus=128+1:cpu_type=milan:gpu_type=a100+9:cpu_type=rome:gpu_type=v100';
    expect(parseSelectStatement(text)).toMatchObject({ cpuType: 'milan', gpuType: 'a100' });
  });

  it('says the same whatever the order of the resources', () => {
    const resources = ['ncpus=128', 'mpiprocs=32', 'ompthreads=4', 'cpu_type=milan', 'mem=5gb'];
    fc.assert(
      fc.property(fc.shuffledSubarray(resources, { minLength: resources.length }), (shuffled) => {
        expect(parseSelectStatement(`2:${shuffled.join(':')}`)).toEqual({
          mpiprocs: 32,
          ompthreads: 4,
          cpuType: 'milan',
          gpuType: null,
        });
      }),
    );
  });

  it('reads any text without an error', () => {
    const piece = fc.constantFrom(
      '1',
      '0',
      ':',
      '+',
      '=',
      'mpiprocs',
      'ncpus',
      'cpu_type',
      'x',
      '',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const { mpiprocs, ompthreads } = parseSelectStatement(pieces.join(''));
        for (const count of [mpiprocs, ompthreads]) {
          expect(count === null || Number.isSafeInteger(count)).toBe(true);
        }
      }),
    );
  });
});
