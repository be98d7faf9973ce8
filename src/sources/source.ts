import type { SourceContent } from './source-content.ts';
import type { SourceFormat } from './source-format.ts';

/** A file of raw history that was looked at: what it is, and where its rows begin. */
export interface Source {
  readonly path: string;
  /** Of the file itself; 0 where that can't be known. */
  readonly sizeBytes: number;
  /** Epoch milliseconds. */
  readonly modifiedMs: number;
  readonly format: SourceFormat;
  /** Where the rows begin in its content, and the number of the line there. */
  readonly rows: { readonly offset: number; readonly line: number };
  /** The line that names the columns; null where the format has none. */
  readonly header: string | null;
  /** Labels that the ledger keeps nothing of. */
  readonly unknownLabels: readonly string[];
  /** Some whole lines from its first row on, as a sample. */
  readonly firstRows: Uint8Array<ArrayBuffer>;
  /** Opens its content from the first byte on; standard input can be opened once. */
  open(): Promise<SourceContent>;
}
