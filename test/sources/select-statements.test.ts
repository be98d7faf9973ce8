import { describe, expect, it } from 'vitest';
import { parseSelectStatement } from '../../src/sources/select-statement.ts';
import { SelectStatements } from '../../src/sources/select-statements.ts';

describe('SelectStatements', () => {
  it('reads a statement once', () => {
    const statements = new SelectStatements();
    const text = '2:ncpus=128:mpiprocs=4';
    expect(statements.of(text)).toEqual(parseSelectStatement(text));
    expect(statements.of(text)).toBe(statements.of(text));
  });

  it('tells what each says, however many there are', () => {
    const statements = new SelectStatements();
    const count = 25_000;
    for (const pass of [1, 2]) {
      for (let ranks = 0; ranks < count; ranks += pass) {
        expect(statements.of(`1:mpiprocs=${ranks}`).mpiprocs).toBe(ranks);
      }
    }
  });

  it('forgets them where they are so long that to keep them all would fill the memory', () => {
    const statements = new SelectStatements();
    const first = statements.of('1:mpiprocs=7');
    for (let host = 0; host < 200; host++) statements.of(`1:host=${host}${'x'.repeat(50_000)}`);
    expect(statements.of('1:mpiprocs=7')).not.toBe(first);
    expect(statements.of('1:mpiprocs=7')).toEqual(first);
  });
});
