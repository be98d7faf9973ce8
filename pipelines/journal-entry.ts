import { resolve } from 'node:path';
import type { SourceFile } from '../src/ledger/sqlite/source-files.ts';
import { STANDARD_INPUT } from '../src/sources/standard-input.ts';
import type { PlannedSource } from './plan-files.ts';

/** What the journal keeps of a source, be it text or a database. */
export interface JournalledSource
  extends Pick<PlannedSource, 'path' | 'sizeBytes' | 'modifiedMs' | 'header'> {
  readonly format: { readonly name: string };
}

/** A source as the journal is told of it. */
export function sourceFileOf(source: JournalledSource): SourceFile {
  const { path, sizeBytes, modifiedMs, format, header } = source;
  return {
    path: path === STANDARD_INPUT ? '(standard input)' : resolve(path),
    sizeBytes,
    modifiedMs,
    formatName: format.name,
    header,
  };
}
