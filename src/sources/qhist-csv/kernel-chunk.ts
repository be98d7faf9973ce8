import type { Kernel } from '../../kernel/kernel.ts';
import { KernelLines, type LineReading } from './kernel-lines.ts';
import { type LineExports, setParameters } from './line-exports.ts';

/** Behind the chunk, where the kernel may read but nothing means anything. */
const ROOM_BEHIND = 64;

/** What the kernel has of a chunk before its lines are read. */
export type ChunkRegion = 'chunk' | 'marks' | 'lineMarks' | 'oddities';

/** A chunk of whole lines in the memory of the kernel. */
export class KernelChunk {
  readonly lines: number;
  readonly hasQuote: boolean;
  readonly isAscii: boolean;
  readonly #kernel: Kernel<LineExports>;
  /** Of its regions, which stand first. */
  readonly sizes: Readonly<Record<ChunkRegion, number>>;
  readonly length: number;

  constructor(kernel: Kernel<LineExports>, chunk: Uint8Array<ArrayBuffer>, delimiter: string) {
    const { exports } = kernel;
    this.#kernel = kernel;
    const { length } = chunk;
    this.length = length;
    // Each byte may be a mark of any kind, but what is not written to takes no memory.
    const marks = 4 * (length + ROOM_BEHIND);
    this.sizes = { chunk: length + ROOM_BEHIND, marks, lineMarks: marks, oddities: marks };
    const at = kernel.layOut(this.sizes);
    const bytes = new Uint8Array(kernel.buffer, at.chunk, length + ROOM_BEHIND);
    bytes.set(chunk);
    bytes.fill(0, length);
    setParameters(exports, {
      ...{ bytes: at.chunk, bytesEnd: at.chunk + length, delimiter: delimiter.charCodeAt(0) },
      ...{ marks: at.marks, lineMarks: at.lineMarks, oddities: at.oddities },
    });
    exports.findMarks();
    this.lines = exports.lineCount.value;
    this.hasQuote = exports.hasQuote.value !== 0;
    this.isAscii = exports.isAscii.value !== 0;
  }

  /** Before its lines are read. */
  begin(reading: LineReading): KernelLines {
    return new KernelLines(this.#kernel, this, reading);
  }
}
