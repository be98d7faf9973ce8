import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runQledger } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const DOCUMENTS = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
/** However the program is written there: by its name, by its path, or by a variable of a crontab. */
const COMMAND = /(?:\bqledger(?:\.js)?|\$QLEDGER) ([a-z]+)(?: ([a-z]+))?([^|;&>#]*)/g;

interface DocumentedCommand {
  readonly line: string;
  readonly words: readonly string[];
  readonly flags: readonly string[];
}

/** Commands in the blocks of code of a document. */
function commandsIn(document: string): DocumentedCommand[] {
  const text = readFileSync(join(ROOT, document), 'utf8');
  const blocks = [...text.matchAll(/^```\w+\n(.*?)^```/gms)].map(([, block]) => block);
  return blocks
    .flatMap((block) => block.split('\n'))
    .flatMap((line) =>
      [...line.matchAll(COMMAND)].map(([, command, next = '', rest]) => ({
        line,
        words: [command, next],
        flags: flagsIn(rest),
      })),
    )
    .filter(({ words: [command] }) => COMMANDS.includes(command));
}

function flagsIn(text: string): string[] {
  return [...text.matchAll(/(?<=[\s`(])--[a-z][a-z-]*/g)].map(([flag]) => flag);
}

function helpOf(...words: readonly string[]): string {
  using folder = new TempFolder();
  return runQledger(folder.path, ...words, '--help').stdout;
}

function subcommandsIn(help: string): string[] {
  return [...help.matchAll(/^ {2}([a-z]+)\b/gm)].map(([, name]) => name);
}

const HELP = helpOf();
const COMMANDS = subcommandsIn(HELP.slice(HELP.indexOf('Commands:')));
const COMMAND_HELP = new Map(COMMANDS.map((command) => [command, helpOf(command)]));

/** Help on a command, and on the command below it that the next word names. */
function helpOn([command, next]: readonly string[]): string {
  const help = COMMAND_HELP.get(command) ?? '';
  return subcommandsIn(help).includes(next) ? help + helpOf(command, next) : help;
}

function isFlagOf(help: string, flag: string): boolean {
  return new RegExp(`^ +(-\\w, )?${flag}\\b(?!-)`, 'm').test(help);
}

describe.each(DOCUMENTS)('%s', (document) => {
  it('names no flag that its command does not have', () => {
    const unknown = commandsIn(document).flatMap(({ line, words, flags }) => {
      const help = helpOn(words);
      return flags.filter((flag) => !isFlagOf(help, flag)).map((flag) => `${flag} in: ${line}`);
    });
    expect(unknown).toEqual([]);
  });
});

describe('docs/cron.md', () => {
  it('has commands for all that there is to do at night', () => {
    const commands = new Set(commandsIn('docs/cron.md').map(({ words: [command] }) => command));
    expect([...commands].sort()).toEqual(['check', 'ingest']);
  });

  it('names no other flag in its sentences', () => {
    const prose = readFileSync(join(ROOT, 'docs/cron.md'), 'utf8').replaceAll(/^```.*?^```/gms, '');
    const help = ['ingest', 'check'].map((command) => COMMAND_HELP.get(command)).join('\n');
    expect(flagsIn(prose).filter((flag) => !isFlagOf(help, flag))).toEqual([]);
  });
});
