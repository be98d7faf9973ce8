import { describe, expect, it } from 'vitest';
import { type ConfigPath, lineInToml } from '../../src/site/config-line.ts';

const TOML = `# comment
[machines.a]
time-zone = "UTC"
gpu-types = { "x*" = "y" }

[[machines.a.rules]] # the first
queue = "cpu"
cpu = { per-node = 4 }

  [[ machines.a.rules ]]
queue = [
  "*",
]
[machines.a.rules.weight]
cpu = 2

[machines."b.c"]
qos.factors.low = 1
`;

describe('lineInToml', () => {
  it.each<[ConfigPath, number | undefined]>([
    [['machines', 'a', 'time-zone'], 3],
    [['machines', 'a', 'gpu-types', 'x*'], 4],
    [['machines', 'a', 'rules', 0], 6],
    [['machines', 'a', 'rules', 0, 'cpu', 'per-node'], 8],
    [['machines', 'a', 'rules', 1, 'queue', 0], 11],
    [['machines', 'a', 'rules', 1, 'weight', 'cpu'], 15],
    [['machines', 'b.c', 'qos', 'factors', 'low'], 18],
    [['machines', 'b.c', 'rules'], 17],
    [['machines', 'a', 'rules', 1, 'gpu'], 10],
    [['machines', 'd'], undefined],
    [['machine'], undefined],
  ])('%j is on line %j', (path, line) => {
    expect(lineInToml(TOML, path)).toBe(line);
  });

  it('counts the lines of Windows alike', () => {
    const windows = TOML.replaceAll('\n', '\r\n');
    expect(lineInToml(windows, ['machines', 'a', 'rules', 1, 'weight', 'cpu'])).toBe(15);
  });
});
