import { Kernel, type KernelExports } from '../../../kernel/kernel.ts';

/** The functions of the kernel for columns of facts. */
export interface FactExports extends KernelExports {
  encodeFacts(values: number, count: number, into: number): number;
  decodeFacts(column: number, into: number): number;
  readonly leastFact: WebAssembly.Global;
  readonly greatestFact: WebAssembly.Global;
}

export class FactKernel extends Kernel<FactExports> {}
