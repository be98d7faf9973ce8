import { describe, expect, it } from 'vitest';
import { endRecord, record, recordPairs, type Values } from './log-line.ts';
import { readLines } from './read-log.ts';

describe('a quoted value', () => {
  it.each<[string, string]>([
    ['"NUMB0001"', 'NUMB0001'],
    ['"two words"', 'two words'],
    ['"  kept  "', '  kept  '],
    ['"holds queue=other end=1"', 'holds queue=other end=1'],
    ['"say \\"yes\\" now"', 'say \\"yes\\" now'],
    ['"5"x"', '5"x'],
    [`'say "yes" now'`, 'say "yes" now'],
    [`"it's"`, `it's`],
    [`'{"a": "b"}'`, '{"a": "b"}'],
    ['""', 'none'],
    ['NUMB0001', 'NUMB0001'],
    ['NU"MB"', 'NU"MB"'],
    ['"a" b', '"a" b'],
  ])('%s is %s', (quoted, value) => {
    const read = readLines([endRecord({ account: quoted })]);
    expect(read.rejects).toEqual([]);
    expect(read.jobs).toMatchObject([{ account: value, queue: 'main', end: 1_768_501_800 }]);
  });

  it('may be any, also a number', () => {
    const values = {
      ctime: '"1768489200"',
      'Resource_List.mem': '"470gb"',
      'Resource_List.walltime': "'12:00:00'",
      'Resource_List.ncpus': '"256"',
      'Resource_List.select': '"2:ncpus=128:mpiprocs=32"',
    };
    expect(readLines([endRecord(values)]).jobs).toMatchObject([
      {
        submit: 1_768_489_200,
        reqmem: 470 * 2 ** 30,
        walltime: 43_200,
        numcpus: 256,
        resources: '2:ncpus=128:mpiprocs=32',
      },
    ]);
  });

  it('may be the last of a line', () => {
    const last = `${endRecord({ account: null })} account="A B"`;
    expect(readLines([last]).jobs).toMatchObject([{ account: 'A B', count: 1 }]);
  });
});

describe('a value with spaces and without quotes', () => {
  it.each<[string, Values, object]>([
    ['a word', { queue: 'main one two' }, { queue: 'main one two' }],
    ['two spaces', { queue: 'main  one' }, { queue: 'main  one' }],
    ['numbers', { queue: 'main 1=2 3 4.5=6' }, { queue: 'main 1=2 3 4.5=6' }],
    ['signs', { queue: 'main =x (a=b) +c=d' }, { queue: 'main =x (a=b) +c=d' }],
    ['a list', { 'Resource_List.preempt_targets': 'QUEUE=a, -b=c' }, { ptargets: 'QUEUE=a, -b=c' }],
  ])('goes on over what can be no key: %s', (_, values, expected) => {
    const read = readLines([endRecord(values)]);
    expect(read.rejects).toEqual([]);
    expect(read.jobs).toMatchObject([{ ...expected, user: 'ada', count: 1 }]);
  });

  it('ends before what may be a key, known or not', () => {
    const read = readLines([endRecord({ queue: 'main one later-key.x=5 more' })]);
    expect(read.jobs).toMatchObject([{ queue: 'main one' }]);
  });
});

describe('the name of a job', () => {
  it.each([
    ['a b'],
    ['a b=c d.e=f'],
    ['run alpha=0.5 beta-1=2'],
    ['=x y='],
    ['"open'],
    [`it's "5`],
    ['a Queue=x QUEUE=y queued=z'],
    ['x Resource_List=5 resources_used_more=6'],
  ])('ends only before a key that PBS writes: %s', (name) => {
    const read = readLines([endRecord({ jobname: name })]);
    expect(read.rejects).toEqual([]);
    expect(read.jobs).toMatchObject([{ name, queue: 'main', user: 'ada' }]);
  });

  it.each([
    'resvID=R1.s',
    'array_indices=1-9',
    'exec_host=n1/0',
    'Resource_List.anything=5',
    'resources_used.any-thing=6',
  ])('ends before %s', (pair) => {
    expect(readLines([endRecord({ jobname: `a b ${pair}` })]).jobs).toMatchObject([
      { name: 'a b', queue: 'main' },
    ]);
  });

  it('may be quoted', () => {
    expect(readLines([endRecord({ jobname: '"a queue=x"' })]).jobs).toMatchObject([
      { name: 'a queue=x', queue: 'main' },
    ]);
  });
});

describe('a key', () => {
  it('that stands twice has its last value', () => {
    const twice = `user=eve queue=low ${recordPairs().join(' ')} run_count=7`;
    expect(readLines([record('E', twice)]).jobs).toMatchObject([
      { user: 'ada', queue: 'main', count: 7 },
    ]);
  });

  it('counts only as it is spelt', () => {
    const similar =
      'User=eve userx=eve use=eve xuser=eve resources_used.memx=1 Resource_list.mem=1';
    const { jobs } = readLines([record('E', `${recordPairs().join(' ')} ${similar}`)]);
    expect(jobs).toEqual(readLines([endRecord()]).jobs);
  });

  it('may follow text that belongs to nothing', () => {
    const { jobs } = readLines([record('E', `oh well ${recordPairs().join(' ')}`)]);
    expect(jobs).toEqual(readLines([endRecord()]).jobs);
  });
});
