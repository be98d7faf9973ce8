import { readFileSync } from 'node:fs';

/** The version in package.json, which stands two folders above the sources and three above what is compiled. */
export function qledgerVersion(): string {
  for (const path of ['../../package.json', '../../../package.json']) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
      if (isManifest(manifest) && manifest.name === 'qledger') return manifest.version;
    } catch {
      // Not there: the next place.
    }
  }
  return 'unknown';
}

function isManifest(value: unknown): value is { name: string; version: string } {
  return typeof value === 'object' && value !== null && 'name' in value && 'version' in value;
}
