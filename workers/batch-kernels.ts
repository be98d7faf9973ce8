import { Kernel } from '../src/kernel/kernel.ts';
import type { EncodingExports, EncodingKernel } from '../src/ledger/sqlite/bulk/encoding-kernel.ts';
import type { LineExports } from '../src/sources/qhist-csv/line-exports.ts';
import { LineKernel } from '../src/sources/qhist-csv/line-kernel.ts';

/** One instance of the kernel, which reads a batch and then encodes it where it is. */
export interface BatchKernel {
  readonly lines: LineKernel;
  readonly encoding: EncodingKernel;
}

/** The kernels of a thread, as many as it has held batches at once. */
export class BatchKernels {
  readonly #module: WebAssembly.Module;
  readonly #free: BatchKernel[] = [];

  constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  /** Lends a kernel for as long as the work takes, which is its only user. */
  async lend<Result>(work: (kernel: BatchKernel) => Promise<Result>): Promise<Result> {
    const kernel = this.#free.pop() ?? this.#make();
    try {
      return await work(kernel);
    } finally {
      this.#free.push(kernel);
    }
  }

  #make(): BatchKernel {
    const encoding = new Kernel<LineExports & EncodingExports>(this.#module);
    return { lines: new LineKernel(encoding), encoding };
  }
}
