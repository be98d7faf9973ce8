/** What is used of WebAssembly: its types come with those of browsers alone, and not with Node's. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>);
  }

  class Instance<Exports> {
    constructor(module: Module);
    readonly exports: Exports;
  }

  interface Memory {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }

  interface Global {
    value: number;
  }
}
