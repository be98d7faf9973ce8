import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
const DOCUMENTS = [
  'README.md',
  'bench/README.md',
  'sample-data/README.md',
  ...PAGES.map((name) => `docs/${name}`),
];
const FOLDERS_OF_FILES = ['src', 'pipelines', 'workers', 'bench', 'sample-data', 'test'];

function textOf(document: string): string {
  return readFileSync(join(ROOT, document), 'utf8');
}

/** Targets of links, without those to other sites. */
function linksIn(text: string): string[] {
  return [...text.matchAll(/\]\((?!\w+:)([^)\s]+)\)/g)].map(([, target]) => target);
}

/** As GitHub names the headings of a page. */
function anchorsOf(document: string): string[] {
  return [...textOf(document).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
}

function leadsSomewhere(document: string, target: string): boolean {
  const [path, anchor] = target.split('#');
  const file = path === '' ? document : join(dirname(document), path);
  if (!existsSync(join(ROOT, file))) return false;
  return anchor === undefined || anchorsOf(file).includes(anchor);
}

describe('README.md', () => {
  it('links each page of docs/ once in its list of pages', () => {
    const [, list] = textOf('README.md').split(/^## Pages$/m);
    const linked = linksIn(list.split(/^## /m)[0]);
    const pages = linked.filter((target) => target.startsWith('docs/'));
    expect(pages.sort()).toEqual(PAGES.map((name) => `docs/${name}`).sort());
  });
});

describe.each(DOCUMENTS)('%s', (document) => {
  it('has no link that leads nowhere', () => {
    const links = linksIn(textOf(document));
    expect(links.filter((target) => !leadsSomewhere(document, target))).toEqual([]);
  });
});

describe('a file of the code that docs/ names', () => {
  const files = new Set(
    FOLDERS_OF_FILES.flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
        basename(path),
      ),
    ),
  );

  it.each(PAGES)('is there, in %s', (page) => {
    const named = [...textOf(`docs/${page}`).matchAll(/(?<![\w.-])([\da-z][\w.-]*\.ts)\b/g)].map(
      ([, name]) => name,
    );
    expect(named.filter((name) => !files.has(name))).toEqual([]);
  });
});
