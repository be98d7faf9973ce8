import type { SourceFile } from '../src/ledger/sqlite/source-files.ts';
import type { Source } from '../src/sources/source.ts';
import { STANDARD_INPUT } from '../src/sources/source-content.ts';

/** A source as the journal is told of it. */
export function sourceFileOf({ path, sizeBytes, modifiedMs, format, header }: Source): SourceFile {
  return {
    path: path === STANDARD_INPUT ? '(standard input)' : path,
    sizeBytes,
    modifiedMs,
    formatName: format.name,
    header,
  };
}
