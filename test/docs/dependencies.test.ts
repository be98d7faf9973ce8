import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '../..');
const DOCS = readFileSync(join(ROOT, 'docs/dependencies.md'), 'utf8');

function packagesUnder(heading: string): string[] {
  const section = DOCS.slice(DOCS.indexOf(`## ${heading}`)).split(/^## /m)[1];
  return [...section.matchAll(/^\| (`[^|]+`) \|/gm)]
    .flatMap(([, cell]) => cell.split(', '))
    .map((name) => name.replaceAll('`', ''));
}

/** Packages that the code of these folders imports, without those of Node. */
function importedBy(...folders: string[]): Set<string> {
  const texts = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.[jt]s$/.test(file))
      .map((file) => readFileSync(join(ROOT, folder, file), 'utf8')),
  );
  const from = /(?:from |import\(|resolve\(\s*)'((?:@[\w-]+\/)?[a-z][\w-]*)(?:\/[\w./-]+)?'/g;
  return new Set(texts.flatMap((text) => [...text.matchAll(from)].map(([, name]) => name)));
}

describe('docs/dependencies.md', () => {
  it('has a line for each dependency, and for no other', () => {
    const { dependencies, devDependencies } = packageJson;
    expect(packagesUnder('At run time').sort()).toEqual(Object.keys(dependencies).sort());
    expect(packagesUnder('For development').sort()).toEqual(Object.keys(devDependencies).sort());
  });
});

describe('the dependencies at run time', () => {
  it('are what the program imports, no more and no less', () => {
    const imported = importedBy('src', 'pipelines', 'workers');
    expect([...imported].sort()).toEqual(Object.keys(packageJson.dependencies).sort());
  });
});
