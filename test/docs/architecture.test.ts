import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const DOCS = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
const CODE = ['src', 'workers', 'pipelines'];
const IMPORT =
  /^(?:import|export) (?<what>[^;'"]*?)from '(?<path>\..*?)'|import\('(?<late>\..*?)'\)/gm;

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isOfTypes: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(IMPORT)].map(({ groups }) => ({
    from: file,
    to: join(dirname(file), groups?.path ?? groups?.late ?? ''),
    isOfTypes: isOfTypes(groups?.what ?? ''),
  }));
}

/** `type { A }`, or `{ type A, type B }`. */
function isOfTypes(what: string): boolean {
  const names = what
    .replaceAll(/[{}\s]+/g, ' ')
    .split(',')
    .map((name) => name.trim());
  return what.startsWith('type ') || names.every((name) => name === '' || name.startsWith('type '));
}

/** `src/job/job-batch.ts` is of `job`, `pipelines/ingest.ts` of `pipelines`. */
function folderOf(file: string): string {
  const [top, next] = file.split('/');
  return top === 'src' ? next : top;
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/`([\w./-]+)`/g)].map(([, name]) => name);
}

/** What the documentation lets each folder import: all, or types alone. */
const ALLOWED = new Map(
  [...DOCS.matchAll(/^\| `(?:src\/)?(\w+)\/` \| .* \|(.*)\|$/gm)].map(([, folder, cell]) => {
    const [all, types = ''] = cell.split('types of');
    return [folder, { all: namesIn(all), types: namesIn(types) }];
  }),
);
const EXCEPTIONS = [...DOCS.matchAll(/^\| `(src\/\S+)` \| `(src\/\S+)` \|/gm)].map(
  ([, from, to]) => `${from} imports ${to}`,
);

const IMPORTS = CODE.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => importsOf(join(folder, file))),
).filter(({ from, to }) => folderOf(from) !== folderOf(to));

function isAllowed({ from, to, isOfTypes }: Import): boolean {
  const allowed = ALLOWED.get(folderOf(from));
  const folder = folderOf(to);
  if (allowed?.all.includes(folder)) return true;
  return isOfTypes && allowed?.types.includes(folder) === true;
}

describe('docs/architecture.md', () => {
  it('tells of every folder of the code', () => {
    const folders = [...readdirSync(join(ROOT, 'src')), ...CODE.filter((name) => name !== 'src')];
    expect([...ALLOWED.keys()].sort()).toEqual(folders.sort());
  });

  it('names each import that goes against its table of folders', () => {
    const against = IMPORTS.filter((one) => !isAllowed(one));
    expect(against.map(({ from, to }) => `${from} imports ${to}`).sort()).toEqual(
      EXCEPTIONS.toSorted(),
    );
  });

  it('allows no import that there is not', () => {
    const there = new Set(
      IMPORTS.map(({ from, to }) => `${folderOf(from)} imports ${folderOf(to)}`),
    );
    const told = [...ALLOWED].flatMap(([folder, { all, types }]) =>
      [...all, ...types].map((other) => `${folder} imports ${other}`),
    );
    expect(told.filter((one) => !there.has(one))).toEqual([]);
  });
});
