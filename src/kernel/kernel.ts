import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PAGE_BYTES = 65_536;
/** Regions begin where the widest instructions read and write fastest, and whole lines of the cache apart. */
const ALIGNMENT = 64;

/** What every kernel has; its functions are typed by who calls them. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  /** Where the memory begins that the code itself does not use. */
  heapBase(): number;
}

/**
 * The code of `assembly/`, which is AssemblyScript: what is done for each byte of the input or each value of the
 * ledger. Compiled once for all threads, while the compiler of JavaScript works anew in each of them.
 * @throws Error where the file is missing, which `npm ci` makes.
 */
export function compileKernel(): WebAssembly.Module {
  const path = fileURLToPath(new URL('./kernel.wasm', import.meta.url));
  if (!existsSync(path)) {
    throw new Error(
      `${path} is missing. It is made by "npm ci" or, alone, by "npm run build:kernel".`,
    );
  }
  return new WebAssembly.Module(new Uint8Array(readFileSync(path)));
}

/** The kernel with a memory of its own, which the caller lays out. */
export class Kernel<Exports extends KernelExports> {
  readonly exports: Exports;

  constructor(module: WebAssembly.Module) {
    this.exports = new WebAssembly.Instance<Exports>(module).exports;
  }

  /**
   * Lays out regions of so many bytes one after the other: what stood there means nothing any more. All views of the
   * memory must be made anew, as it may have moved.
   * @param from behind what is to stay; by default nothing is.
   * @returns where each of them begins.
   */
  layOut<Name extends string>(
    sizes: Readonly<Record<Name, number>>,
    from: number = this.exports.heapBase(),
  ): Record<Name, number> {
    let end = aligned(from);
    const starts: Partial<Record<Name, number>> = {};
    for (const name in sizes) {
      starts[name] = end;
      end = aligned(end + sizes[name]);
    }
    const missing = end - this.buffer.byteLength;
    if (missing > 0) this.exports.memory.grow(Math.ceil(missing / PAGE_BYTES));
    return starts as Record<Name, number>;
  }

  /** Copies values to a place of the memory. */
  put(at: number, { buffer, byteOffset, byteLength }: NodeJS.TypedArray): void {
    new Uint8Array(this.buffer, at, byteLength).set(new Uint8Array(buffer, byteOffset, byteLength));
  }

  /** Whether they are in its memory. */
  holds(values: NodeJS.TypedArray): boolean {
    return values.buffer === this.buffer;
  }

  get buffer(): ArrayBuffer {
    return this.exports.memory.buffer;
  }
}

function aligned(at: number): number {
  return Math.ceil(at / ALIGNMENT) * ALIGNMENT;
}
