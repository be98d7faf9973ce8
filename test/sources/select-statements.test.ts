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
});
