import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { Interruption } from '../../pipelines/interruption.ts';
import { RejectLimitError } from '../../pipelines/reject-limit.ts';
import { EXIT_CODES } from '../../src/cli/exit-code.ts';
import { exitCodeOf } from '../../src/cli/exit-code-of.ts';
import { type IngestFigures, ingestExitCode } from '../../src/cli/ingest-exit-code.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { LedgerError } from '../../src/ledger/ledger-error.ts';
import { ConfigError } from '../../src/site/config-error.ts';
import { SourceError } from '../../src/sources/source-error.ts';

const DOCS = readFileSync(new URL('../../docs/exit-codes.md', import.meta.url), 'utf8');

describe('the exit codes', () => {
  it('are all told of in the docs, by number and name, and no others', () => {
    const documented = [...DOCS.matchAll(/^\| (\d+) \| ([a-z-]+) \| .+ \| .+ \|$/gm)].map(
      ([, code, name]) => [Number(code), name],
    );
    const all = Object.entries(EXIT_CODES).map(([name, code]) => [
      code,
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    ]);
    expect(documented).toEqual(all);
  });

  it('are different from one another, and from what shells say themselves', () => {
    const codes = Object.values(EXIT_CODES);
    expect(new Set(codes).size).toBe(codes.length);
    const ofShells = [126, 127, 137];
    for (const code of ofShells) expect(codes).not.toContain(code);
  });
});

describe('a failure', () => {
  it.each([
    ['of the command line', new UsageError('no'), 2],
    ['of the configuration', new ConfigError('no'), 2],
    ['of a parser of the command line', new CommanderError(1, 'commander.unknown', 'no'), 2],
    ['that is none: help', new CommanderError(0, 'commander.help', 'help'), 0],
    ['of a source', new SourceError('no'), 22],
    ['by SIGINT', new Interruption('SIGINT'), 130],
    ['by SIGTERM', new Interruption('SIGTERM'), 143],
    ['of too many rejects', new RejectLimitError('no'), 20],
    ['of qledger itself', new TypeError('x is not a function'), 1],
    ['that is no error', 'a text', 1],
    ['that is nothing', undefined, 1],
  ])('%s has a code of its own', (_what, problem, code) => {
    expect(exitCodeOf(problem)).toBe(code);
  });

  it.each([
    ['missing', 1],
    ['unusable', 1],
    ['out-of-memory', 1],
    ['locked', 30],
    ['busy', 31],
    ['full', 32],
    ['foreign', 33],
    ['newer', 33],
    ['outdated', 33],
    ['other-machine', 33],
    ['read-only', 34],
    ['corrupt', 35],
    ['disk-error', 35],
  ] as const)('of a ledger that is %s has code %i', (code, status) => {
    expect(exitCodeOf(new LedgerError(code, 'no'))).toBe(status);
  });

  it('is known by what it was caused by', () => {
    const full = new LedgerError('full', 'no room');
    const outer = new Error('jobs.csv: loading bytes 1 to 2 failed', { cause: full });
    expect(exitCodeOf(outer)).toBe(32);
    expect(exitCodeOf(new SuppressedError(new Error('could not clean up'), outer))).toBe(32);
    expect(exitCodeOf(new LedgerError('read-only', 'no', { cause: full }))).toBe(34);
  });

  it('that caused itself comes to an end', () => {
    const problem = new Error('no');
    problem.cause = problem;
    expect(exitCodeOf(problem)).toBe(1);
  });
});

describe('an ingest that came to its end', () => {
  const WELL: IngestFigures = { changedJobs: 5, rejects: 0, isLimited: false, filesMissing: 0 };

  it.each<[string, Partial<IngestFigures>, keyof typeof EXIT_CODES]>([
    ['with new jobs', {}, 'ok'],
    ['with rejects that nobody has limited', { rejects: 9 }, 'ok'],
    ['with nothing new', { changedJobs: 0 }, 'nothingNew'],
    ['without rejects, of which some are allowed', { isLimited: true }, 'ok'],
    ['with rejects that are allowed', { rejects: 9, isLimited: true }, 'rejectsWithinLimit'],
    [
      'with nothing but them',
      { changedJobs: 0, rejects: 1, isLimited: true },
      'rejectsWithinLimit',
    ],
    ['with a file that it could not read', { filesMissing: 1, changedJobs: 0 }, 'partial'],
    ['with that and rejects', { filesMissing: 1, rejects: 2, isLimited: true }, 'partial'],
  ])('%s', (_what, figures, name) => {
    expect(ingestExitCode({ ...WELL, ...figures })).toBe(EXIT_CODES[name]);
  });
});
